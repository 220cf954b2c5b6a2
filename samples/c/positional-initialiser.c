/* SPDX-License-Identifier: MIT */
/* An initialiser without names fills the members in the order of the struct. */
#include "vma.h"

static void grow(struct vma_iterator *vmi, struct vm_area_struct *vma, struct vm_area_struct *next)
{
	struct vma_prepare vp = { vma, next };

	vma_start_write(vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (grow) */
}

static void drop(struct vma_iterator *vmi, struct vm_area_struct *vma, struct vm_area_struct *next)
{
	struct vma_prepare vp = { vma, .remove = NULL, next };

	vma_start_write(vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (drop) */
}
