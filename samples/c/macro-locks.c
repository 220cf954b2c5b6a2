/* SPDX-License-Identifier: MIT */
/* A macro of this file locks its argument, which is the wrong one. */
#include "vma.h"

#define LOCK(v)	vma_start_write(v)

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	LOCK(vma);
	LOCK(vma);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
