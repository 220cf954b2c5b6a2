/* SPDX-License-Identifier: MIT */
/* A break leaves the block before the lock. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	do {
		if (vma->vm_file)
			break;
		vma_start_write(vma);
	} while (0);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
