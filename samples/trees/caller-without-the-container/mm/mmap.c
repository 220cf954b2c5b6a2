/* SPDX-License-Identifier: MIT */
/* Leaves the lock to its callers. */
#include "internal.h"

void vma_shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
