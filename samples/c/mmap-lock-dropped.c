/* SPDX-License-Identifier: MIT */
/* The mmap lock is dropped and taken again: all VMA locks are gone. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, struct mm_struct *mm)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	mmap_write_unlock(mm);
	mmap_write_lock(mm);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
