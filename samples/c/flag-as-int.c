/* SPDX-License-Identifier: MIT */
/* An int serves as a flag, and 1 is not the value that was set with the lock. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, unsigned long end)
{
	struct vm_area_struct *remove = NULL;
	struct vma_prepare vp;
	int removed = 0;

	vma_start_write(vma);
	if (next->vm_end == end) {
		vma_start_write(next);
		removed = 2;
	} else {
		removed = 1;
	}
	if (removed == 1)
		remove = next;
	init_multi_vma_prep(&vp, vma, NULL, remove, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
