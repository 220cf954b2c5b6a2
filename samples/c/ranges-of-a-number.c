/* SPDX-License-Identifier: MIT */
/* Locked above 5, handed over below: the two exclude each other. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, int pages)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (pages > 5)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, pages < 5 ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
