/* SPDX-License-Identifier: MIT */
/* Locked in both branches. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, bool fast)
{
	struct vma_prepare vp;

	if (fast)
		vma_start_write(vma);
	else
		vm_flags_clear(vma, VM_LOCKED);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
