/* SPDX-License-Identifier: MIT */
/* A new VMA is locked before it enters the tree. */
#include "vma.h"

static int map(struct vma_iterator *vmi, struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return -ENOMEM;
	vma_set_range(vma, addr, addr + 4096, addr >> PAGE_SHIFT);
	vma_start_write(vma);
	vma_iter_store(vmi, vma);
	mm->map_count++;
	return 0;
}
