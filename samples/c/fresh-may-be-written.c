/* SPDX-License-Identifier: MIT */
/*
 * A new VMA may be written, but once it is in the tree and the mmap lock was dropped it is like any
 * other.
 */
#include "vma.h"

static int map(struct vma_iterator *vmi, struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return -ENOMEM;
	vma_start_write(vma);
	vma_iter_store(vmi, vma);
	mmap_write_unlock(mm);
	mmap_write_lock(mm);
	vma->vm_end = addr; /* expect: error VMA_FIELD_UNLOCKED vma (map) */
	return 0;
}
