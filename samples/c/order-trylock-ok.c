/* SPDX-License-Identifier: MIT */
/* The VMA is locked where the trylock did not work. */
#include "vma.h"

static void visit(struct mm_struct *mm, struct address_space *mapping, unsigned long addr)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);

	if (!i_mmap_trylock_write(mapping)) {
		vma_start_write(vma);
		return;
	}
	i_mmap_unlock_write(mapping);
}
