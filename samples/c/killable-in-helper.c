/* SPDX-License-Identifier: MIT */
/* A helper locks two VMAs and tells whether it could; nobody listens. */
#include "vma.h"

static int lock_both(struct vm_area_struct *a, struct vm_area_struct *b)
{
	int err = vma_start_write_killable(a);

	return err ? err : vma_start_write_killable(b);
}

static int expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	lock_both(vma, next);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED next (expand) */
	return 0;
}
