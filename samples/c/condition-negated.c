/* SPDX-License-Identifier: MIT */
/* Locked where the condition holds, handed over where it does not. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, unsigned long end)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (next->vm_end == end)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, !(next->vm_end == end) ? next : NULL, NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
