/* SPDX-License-Identifier: MIT */
/*
 * One caller locks before the call, so the function leaves it to its callers: the one that forgets
 * is to blame.
 */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void cut_locked(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	cut(vmi, vma);
}

static void cut_next(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return;
	cut(vmi, vma); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut_next) */
}
