/* SPDX-License-Identifier: MIT */
/* vm_flags_set() after vma_prepare() is harmless where the lock was taken before. */
#include "vma.h"

static void grow_heap(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long end)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma->vm_end = end;
	vm_flags_set(vma, VM_SOFTDIRTY);
	vma_complete(&vp, vmi, vma->vm_mm);
}
