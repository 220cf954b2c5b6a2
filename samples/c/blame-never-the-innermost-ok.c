/* SPDX-License-Identifier: MIT */
/* The container is filled here, with locks, and committed by a helper. */
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
	vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	finish(&vp, vmi);
}
