/* SPDX-License-Identifier: MIT */
/* The members are filled through a pointer that moves on; the second VMA is not locked. */
#include "vma.h"

static void fill(struct vma_prepare *vp, struct vm_area_struct *vma,
		 struct vm_area_struct *middle, struct vm_area_struct *next)
{
	struct vm_area_struct **remove = &vp->remove;

	memset(vp, 0, sizeof(*vp));
	vp->vma = vma;
	if (middle) {
		*remove = middle;
		remove = &vp->remove2;
	}
	if (next)
		*remove = next;
}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *middle, struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (middle)
		vma_start_write(middle);
	if (middle && next)
		vma_start_write(next);
	fill(&vp, vma, middle, next);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
