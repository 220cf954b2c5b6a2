/* SPDX-License-Identifier: MIT */
/* The container is filled in another file; the lock is missing. */
#include "internal.h"

void shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (shrink) */
}
