/* SPDX-License-Identifier: MIT */
/* `next ?: prev` is locked, and the same is handed over. */
#include "vma.h"

static void remove_one(struct vma_iterator *vmi, struct vm_area_struct *vma,
		       struct vm_area_struct *prev, struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write(next ?: prev);
	init_multi_vma_prep(&vp, vma, NULL, next ?: prev, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
