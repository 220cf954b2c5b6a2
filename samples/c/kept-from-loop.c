/* SPDX-License-Identifier: MIT */
/* The search locks what it passes by, and not what it keeps. */
#include "vma.h"

static void cut_best(struct vma_iterator *vmi, unsigned long size)
{
	struct vm_area_struct *vma, *best = NULL;
	struct vma_prepare vp;

	for_each_vma(*vmi, vma) {
		if (vma->vm_end - vma->vm_start >= size)
			best = vma;
		else
			vma_start_write(vma);
	}
	if (!best)
		return;
	init_vma_prep(&vp, best);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, best->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED best (cut_best) */
}
