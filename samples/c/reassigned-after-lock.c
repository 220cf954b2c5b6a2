/* SPDX-License-Identifier: MIT */
/* `vma = next` after vma was locked: what is handed over is next. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		  struct vm_area_struct *next, bool right)
{
	struct vm_area_struct *vma = prev;
	struct vma_prepare vp;

	vma_start_write(vma);
	if (right)
		vma = next;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (merge) */
}
