/* SPDX-License-Identifier: MIT */
/* A helper that calls itself is given the wrong one; the lock of the other is the doubt. */
#include "vma.h"

static void lock_all(struct vm_area_struct *vma, struct vm_area_struct *next)
{
	vma_start_write(vma);
	if (next)
		lock_all(next, NULL);
}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	lock_all(vma, NULL);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
