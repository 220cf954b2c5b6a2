/* SPDX-License-Identifier: MIT */
/* The VMA that the search kept is locked after the loop. */
#include "vma.h"

static void cut_best(struct vma_iterator *vmi, unsigned long size)
{
	struct vm_area_struct *vma, *best = NULL;
	struct vma_prepare vp;

	for_each_vma(*vmi, vma) {
		if (vma->vm_end - vma->vm_start >= size)
			best = vma;
	}
	if (!best)
		return;
	vma_start_write(best);
	init_vma_prep(&vp, best);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, best->vm_mm);
}
