/* SPDX-License-Identifier: MIT */
/* The same with one comparison off by one, and a failure that nobody looks at. */
#include "vma.h"

static int merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		 struct vm_area_struct *next, bool left, bool right)
{
	int sides = left + 2 * right;
	struct vma_prepare vp;

	if (sides == 0)
		return 0;
	if (sides != 2)
		vma_start_write(prev);
	if (sides > 2)
		vma_start_write(next);
	init_multi_vma_prep(&vp, left ? prev : next, NULL, left && right ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (merge) */
	return 0;
}

static int merge_both(struct vma_iterator *vmi, struct vm_area_struct *prev,
		      struct vm_area_struct *next)
{
	struct vma_prepare vp;

	if (vma_start_write_killable(prev) * vma_start_write_killable(next))
		return -EINTR;
	init_multi_vma_prep(&vp, prev, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED prev (merge_both) */ /* expect: error VMA_KILLABLE_UNCHECKED next (merge_both) */
	return 0;
}
