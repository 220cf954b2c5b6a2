/* SPDX-License-Identifier: MIT */
/* vm_flags_init() takes no lock. */
#include "vma.h"

static void mark(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vm_flags_init(vma, VM_SOFTDIRTY);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (mark) */
}
