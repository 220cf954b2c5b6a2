/* SPDX-License-Identifier: MIT */
/* The mmap lock is dropped and taken again, then the VMA is locked. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, struct mm_struct *mm)
{
	struct vma_prepare vp;

	mmap_write_unlock(mm);
	mmap_write_lock(mm);
	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, mm);
}
