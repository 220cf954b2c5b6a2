/* SPDX-License-Identifier: MIT */
/* A caller that passes NULL needs no lock; the only other one locks. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void grow(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	expand(vmi, vma, NULL);
}

static void swallow(struct vma_iterator *vmi, struct vm_area_struct *vma,
		    struct vm_area_struct *next)
{
	vma_start_write(next);
	expand(vmi, vma, next);
}
