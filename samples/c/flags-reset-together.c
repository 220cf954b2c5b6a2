/* SPDX-License-Identifier: MIT */
/* Where merging is given up, one of three flags is left standing. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *prev, struct vm_area_struct *next,
		  bool left, bool right, bool give_up)
{
	bool both = left && right;
	struct vma_prepare vp;

	if (give_up)
		left = right = false;
	vma_start_write(vma);
	if (left)
		vma_start_write(prev);
	if (right)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, both ? prev : NULL, both ? next : NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED prev (merge) */ /* expect: error VMA_COMPLETE_UNLOCKED next (merge) */
}
