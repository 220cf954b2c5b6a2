/* SPDX-License-Identifier: MIT */
/* A new VMA may be written before it enters the tree, locked or not. */
#include "vma.h"

static int map(struct vma_iterator *vmi, struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return -ENOMEM;
	vma->vm_start = addr;
	vma->vm_end = addr + 4096;
	vma_start_write(vma);
	vma_iter_store(vmi, vma);
	mmap_write_unlock(mm);
	mmap_write_lock(mm);
	return 0;
}
