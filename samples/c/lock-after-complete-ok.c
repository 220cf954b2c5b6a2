/* SPDX-License-Identifier: MIT */
/* The lock comes after the hand-over: early enough, nothing is written there. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_start_write(vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
