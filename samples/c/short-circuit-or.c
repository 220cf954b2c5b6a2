/* SPDX-License-Identifier: MIT */
/* The lock is the second operand of ||: the first may be true. */
#include "vma.h"

static bool take(struct vm_area_struct *vma)
{
	vma_start_write(vma);
	return true;
}

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, bool eager)
{
	struct vma_prepare vp;

	if (eager || take(vma)) {
		init_vma_prep(&vp, vma);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
	}
}
