/* SPDX-License-Identifier: MIT */
/* The lock is the second operand of ||, and where the first is true it is locked already. */
#include "vma.h"

static bool take(struct vm_area_struct *vma)
{
	vma_start_write(vma);
	return true;
}

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, bool eager)
{
	struct vma_prepare vp;

	if (eager)
		vma_start_write(vma);
	if (eager || take(vma)) {
		init_vma_prep(&vp, vma);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, vma->vm_mm);
	}
}
