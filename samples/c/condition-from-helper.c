/* SPDX-License-Identifier: MIT */
/* A helper says whether both hold; the lock is taken where another thing does as well. */
#include "vma.h"

static bool both(bool left, bool right)
{
	return left && right;
}

static void merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		  struct vm_area_struct *next, bool left, bool right)
{
	bool merge_both = both(left, right);
	struct vma_prepare vp;

	vma_start_write(prev);
	if (right && prev->vm_end)
		vma_start_write(next);
	init_multi_vma_prep(&vp, prev, NULL, merge_both ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (merge) */
}
