/* SPDX-License-Identifier: MIT */
/* Two cases lock, the default does not. */
#include "vma.h"

enum how { CUT_HEAD, CUT_TAIL, CUT_BOTH };

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, enum how how)
{
	struct vma_prepare vp;

	switch (how) {
	case CUT_HEAD:
		vma_start_write(vma);
		break;
	case CUT_TAIL:
		vm_flags_set(vma, VM_SOFTDIRTY);
		break;
	default:
		break;
	}
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
