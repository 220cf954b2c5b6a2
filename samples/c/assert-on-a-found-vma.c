/* SPDX-License-Identifier: MIT */
/*
 * The VMA was found here, so no caller can have locked it for this function: the assert proves
 * nothing.
 */
#include "vma.h"

static void cut_next(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);
	struct vma_prepare vp;

	if (!vma)
		return;
	vma_assert_write_locked(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut_next) */
}
