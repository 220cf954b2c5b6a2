/* SPDX-License-Identifier: MIT */
/* Between vma_prepare() and vma_complete() a member gets another VMA, locked before. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, struct vm_area_struct *other)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write(next);
	vma_start_write(other);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vp.remove = other;
	vma_complete(&vp, vmi, vma->vm_mm);
}
