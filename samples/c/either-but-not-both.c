/* SPDX-License-Identifier: MIT */
/* Exclusive or of two flags: with both, nobody locks next. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		  struct vm_area_struct *next, bool left, bool right)
{
	struct vma_prepare vp;

	if (!left && !right)
		return;
	if (left ^ right)
		vma_start_write(next);
	if (left)
		vma_start_write(prev);
	else
		vma_start_write(next);
	init_multi_vma_prep(&vp, left ? prev : next, NULL, left && right ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (merge) */
}
