/* SPDX-License-Identifier: MIT */
/* Two VMAs are handed over and neither is locked: two findings, on one line. */
#include "vma.h"

static void swallow(struct vma_iterator *vmi, struct vm_area_struct *vma,
		    struct vm_area_struct *next)
{
	struct vma_prepare vp;

	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (swallow) */ /* expect: error VMA_COMPLETE_UNLOCKED next (swallow) */
}
