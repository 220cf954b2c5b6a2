/* SPDX-License-Identifier: MIT */
/* The lock depends on next's end, the hand-over on prev's. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *prev,
		   struct vm_area_struct *next, unsigned long end)
{
	struct vma_prepare vp;

	vma_start_write(prev);
	if (next->vm_end == end)
		vma_start_write(next);
	init_multi_vma_prep(&vp, prev, NULL, prev->vm_end == end ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
