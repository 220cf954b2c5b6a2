/* SPDX-License-Identifier: MIT */
/* The mmap lock that is dropped is that of the VMA's own mm. */
#include "vma.h"

static void copy(struct vma_iterator *vmi, struct mm_struct *mm, struct mm_struct *oldmm)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return;
	vma_start_write(vma);
	mmap_write_unlock(mm);
	vma_iter_store(vmi, vma); /* expect: warning VMA_INSERT_UNLOCKED vma (copy) */
}
