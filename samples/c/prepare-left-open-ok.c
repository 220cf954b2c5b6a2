/* SPDX-License-Identifier: MIT */
/* What can fail comes first, or the conditions of both calls belong together, or others complete. */
#include "vma.h"

static int fails_before(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long end)
{
	struct vma_prepare vp;

	if (vma_iter_prealloc(vmi, vma))
		return -ENOMEM;
	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_set_range(vma, vma->vm_start, end, vma->vm_pgoff);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}

static void completes_always(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long end)
{
	struct vma_prepare vp;
	int err;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	err = vma_iter_prealloc(vmi, vma);
	if (err)
		goto complete;
	vma_set_range(vma, vma->vm_start, end, vma->vm_pgoff);
complete:
	vma_complete(&vp, vmi, vma->vm_mm);
}

/* Whether `grow` and `moved` belong together is not known here. */
static void both_or_none(struct vma_iterator *vmi, struct vm_area_struct *vma, int grow, int moved)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	if (grow)
		vma_prepare(&vp);
	if (moved)
		vma_complete(&vp, vmi, vma->vm_mm);
}

void finish(struct vma_prepare *vp, struct vma_iterator *vmi);

static void completed_elsewhere(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	finish(&vp, vmi);
}

/* The container is the caller's: so is the rest. */
static void begin(struct vma_prepare *vp, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	init_vma_prep(vp, vma);
	vma_prepare(vp);
}

static void completed_by_the_caller(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	begin(&vp, vma);
	vma_complete(&vp, vmi, vma->vm_mm);
}
