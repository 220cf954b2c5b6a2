/* SPDX-License-Identifier: MIT */
/* What vm_flags_set() does is read in this tree, not known by heart. */
#include "internal.h"

void mark(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vm_flags_set(vma, 1);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (mark) */
}
