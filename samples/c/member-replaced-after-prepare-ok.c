/* SPDX-License-Identifier: MIT */
/* A member gets another VMA, locked before, while vma_prepare() has not been called yet. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, struct vm_area_struct *other)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write(next);
	vma_start_write(other);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vp.remove = other;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
