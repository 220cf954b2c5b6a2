/* SPDX-License-Identifier: MIT */
/* A helper would drop the mmap lock, but it is told not to. */
#include "vma.h"

static void let_others_in(struct mm_struct *mm, bool really)
{
	if (!really)
		return;
	mmap_write_unlock(mm);
	mmap_write_lock(mm);
}

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	let_others_in(vma->vm_mm, false);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
