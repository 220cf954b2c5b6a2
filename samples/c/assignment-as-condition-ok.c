/* SPDX-License-Identifier: MIT */
/* The VMA that the condition assigns is locked in the body. */
#include "vma.h"

static void remove_next(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *next;
	struct vma_prepare vp;

	vma_start_write(vma);
	if ((next = vma_next(vmi)) != NULL) {
		vma_start_write(next);
		init_multi_vma_prep(&vp, vma, NULL, next, NULL);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, vma->vm_mm);
	}
}
