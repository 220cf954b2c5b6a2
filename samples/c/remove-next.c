/* SPDX-License-Identifier: MIT */
/* The VMA that grows is locked, the one that it swallows is not. */
#include "vma.h"

static void swallow(struct vma_iterator *vmi, struct vm_area_struct *vma,
		    struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (swallow) */
}
