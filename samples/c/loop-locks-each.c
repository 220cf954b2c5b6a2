/* SPDX-License-Identifier: MIT */
/* The lock is taken before the loop, each round has another VMA. */
#include "vma.h"

static void cut_all(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	while (vma) {
		init_vma_prep(&vp, vma);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut_all) */
		vma = vma_next(vmi);
	}
}
