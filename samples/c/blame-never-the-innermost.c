/* SPDX-License-Identifier: MIT */
/*
 * The container is filled here and committed by a helper that knows nothing of it: the blame stays
 * here.
 */
#include "vma.h"

static void finish(struct vma_prepare *vp, struct vma_iterator *vmi)
{
	vma_prepare(vp);
	vma_complete(vp, vmi, vp->vma->vm_mm);
}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	finish(&vp, vmi); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
