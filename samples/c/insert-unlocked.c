/* SPDX-License-Identifier: MIT */
/*
 * A new VMA enters the tree before it is locked. Nobody could reach it before, but now they can.
 */
#include "vma.h"

static int map(struct vma_iterator *vmi, struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return -ENOMEM;
	vma_set_range(vma, addr, addr + 4096, addr >> PAGE_SHIFT);
	vma_iter_store(vmi, vma); /* expect: warning VMA_INSERT_UNLOCKED vma (map) */
	mm->map_count++;
	return 0;
}
