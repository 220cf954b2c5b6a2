/* SPDX-License-Identifier: MIT */
/* The VMA that the search kept is not the last one it saw. */
#include "vma.h"

static void cut_best(struct vma_iterator *vmi, unsigned long size)
{
	struct vm_area_struct *vma, *best = NULL;
	struct vma_prepare vp;

	for_each_vma(*vmi, vma) {
		if (vma->vm_end - vma->vm_start >= size)
			best = vma;
		vm_flags_set(best ?: vma, VM_SOFTDIRTY);
		best = vma_prev(vmi);
	}
	if (!best)
		return;
	init_vma_prep(&vp, best);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, best->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED best (cut_best) */
}
