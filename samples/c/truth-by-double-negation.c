/* SPDX-License-Identifier: MIT */
/* `!!pages` was taken before pages changed. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, int pages)
{
	struct vma_prepare vp;
	bool any = !!pages;

	vma_start_write(vma);
	pages--;
	if (pages)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, any ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
