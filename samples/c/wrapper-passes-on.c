/* SPDX-License-Identifier: MIT */
/* A function that does nothing itself passes on that its callee lets the locks fall. */
#include "vma.h"

static void refresh(struct mm_struct *mm, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	vma->vm_end = vma->vm_start;
	mmap_write_unlock(mm);
	mmap_write_lock(mm);
}

static void refresh_quietly(struct mm_struct *mm, struct vm_area_struct *vma)
{
	refresh(mm, vma);
}

static void resize(struct mm_struct *mm, struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *vma = vma_next(vmi);

	vma_start_write(vma);
	refresh_quietly(mm, vma);
	vma->vm_end = end; /* expect: error VMA_FIELD_UNLOCKED vma (resize) */
}
