/* SPDX-License-Identifier: MIT */
/* A function calls itself, and never locks. */
#include "vma.h"

static void cut_from(struct vma_iterator *vmi, struct vm_area_struct *vma, int depth)
{
	struct vma_prepare vp;

	if (!vma || !depth)
		return;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut_from) */
	cut_from(vmi, vma_next(vmi), depth - 1); /* gap?: recursion (cut_from) */
}
