/* SPDX-License-Identifier: MIT */
/* The callee hands next over where a flag is set; this caller sets it and does not lock. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, bool remove)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_multi_vma_prep(&vp, vma, NULL, remove ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void swallow(struct vma_iterator *vmi, struct vm_area_struct *vma,
		    struct vm_area_struct *next)
{
	vma_start_write(next);
	expand(vmi, vma, next, true);
}

static void grow(struct vma_iterator *vmi, struct vm_area_struct *vma,
		 struct vm_area_struct *next)
{
	expand(vmi, vma, next, true); /* expect: error VMA_COMPLETE_UNLOCKED next (grow) */
}
