/* SPDX-License-Identifier: MIT */
/* The element that is handed over is not the one that was locked. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *prev, struct vm_area_struct *next)
{
	struct vm_area_struct *near[2];
	struct vma_prepare vp;

	near[0] = prev;
	near[1] = next;
	vma_start_write(vma);
	vma_start_write(near[0]);
	init_multi_vma_prep(&vp, vma, NULL, near[1], NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
