/* SPDX-License-Identifier: MIT */
/* The search ends at a VMA that the loop has not locked. */
#include "vma.h"

static void cut_at(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long addr)
{
	struct vma_prepare vp;

	for (; vma; vma = vma_next(vmi)) {
		if (vma->vm_end > addr)
			break;
		vma_start_write(vma);
	}
	if (!vma)
		return;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut_at) */
}
