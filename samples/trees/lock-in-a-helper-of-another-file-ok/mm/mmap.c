/* SPDX-License-Identifier: MIT */
/* The locks are left to a helper of another file. */
#include "internal.h"

void expand(struct vma_iterator *vmi, struct vm_area_struct *vma, struct vm_area_struct *next)
{
	struct vma_prepare vp;

	lock_pair(vma, next);
	init_vma_prep(&vp, vma);
	vp.remove = next;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
