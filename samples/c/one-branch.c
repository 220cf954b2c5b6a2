/* SPDX-License-Identifier: MIT */
/* Locked in one branch only. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, bool fast)
{
	struct vma_prepare vp;

	if (fast)
		vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
