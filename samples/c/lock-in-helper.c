/* SPDX-License-Identifier: MIT */
/* A helper locks two VMAs, or so its name says. */
#include "vma.h"

static void lock_both(struct vm_area_struct *a, struct vm_area_struct *b)
{
	vma_start_write(a);
	if (b && b != a)
		vma_start_write(a);
}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	lock_both(vma, next);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
