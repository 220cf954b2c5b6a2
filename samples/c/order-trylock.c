/* SPDX-License-Identifier: MIT */
/* A trylock that worked is held like any other. */
#include "vma.h"

static void visit(struct mm_struct *mm, struct address_space *mapping, unsigned long addr)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);

	if (!i_mmap_trylock_write(mapping))
		return;
	vma_start_write(vma); /* expect: error VMA_LOCK_ORDER vma (visit) */
	i_mmap_unlock_write(mapping);
}
