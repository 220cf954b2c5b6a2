/* SPDX-License-Identifier: MIT */
/* A path leaves between vma_prepare() and vma_complete(), by a return, by a goto, by the end. */
#include "vma.h"

static int by_return(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long end)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	if (vma_iter_prealloc(vmi, vma))
		return -ENOMEM; /* expect: error VMA_PREPARE_NO_COMPLETE &vp (by_return) */
	vma_set_range(vma, vma->vm_start, end, vma->vm_pgoff);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}

static int by_goto(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long end)
{
	struct vma_prepare vp;
	int err = 0;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	if (vma->vm_end == end)
		goto out;
	vma_prepare(&vp);
	err = vma_iter_prealloc(vmi, vma);
	if (err)
		goto out;
	vma_set_range(vma, vma->vm_start, end, vma->vm_pgoff);
	vma_complete(&vp, vmi, vma->vm_mm);
out:
	return err; /* expect: error VMA_PREPARE_NO_COMPLETE &vp (by_goto) */
}

static void by_the_end(struct vm_area_struct *vma, unsigned long end)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_set_range(vma, vma->vm_start, end, vma->vm_pgoff);
} /* expect: error VMA_PREPARE_NO_COMPLETE &vp (by_the_end) */
