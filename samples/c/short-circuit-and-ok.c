/* SPDX-License-Identifier: MIT */
/* The lock is the second operand of &&, and so is what depends on it. */
#include "vma.h"

static bool take(struct vm_area_struct *vma)
{
	vma_start_write(vma);
	return true;
}

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, bool wanted)
{
	struct vma_prepare vp;
	bool taken = wanted && take(vma);

	if (!taken)
		return;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
