/* SPDX-License-Identifier: MIT */
/* Bits of a mask guard lock and hand-over, and they are not the same bit. */
#include "vma.h"

#define REMOVE_NEXT	1
#define ADJUST_NEXT	2

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, unsigned int plan)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (plan & ADJUST_NEXT)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, plan & REMOVE_NEXT ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
