/* SPDX-License-Identifier: MIT */
/* A guard class is given another object. */
#include "vma.h"

DEFINE_GUARD(mm_lock, struct mm_struct *, mmap_write_lock(_T), mmap_write_unlock(_T))

static void shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	guard(mm_lock)(vma->vm_mm);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (shrink) */
}
