/* SPDX-License-Identifier: MIT */
/*
 * vm_flags_set() locks inside, but comes after vma_prepare(): it hides that the real lock is
 * missing.
 */
#include "vma.h"

static void grow_heap(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long end)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vm_flags_set(vma, VM_SOFTDIRTY);
	vma->vm_end = end;
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_LOCK_AFTER_PREPARE vma (grow_heap) */
}
