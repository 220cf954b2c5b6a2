/* SPDX-License-Identifier: MIT */
/* The VMA lock is taken only where the rmap lock was not, or not any more. */
#include "vma.h"

static bool begin(struct address_space *mapping, bool alone)
{
	if (alone)
		return 0;
	i_mmap_lock_write(mapping);
	return 1;
}

static void end(struct address_space *mapping, bool locked)
{
	if (locked)
		i_mmap_unlock_write(mapping);
}

static void seal(struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_LOCKED);
}

static void seal_file(struct mm_struct *mm, unsigned long addr, bool alone)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);
	struct address_space *mapping = vma->vm_file->f_mapping;
	bool locked = begin(mapping, alone);

	if (alone)
		seal(vma);
	end(mapping, locked);
	if (!alone)
		seal(vma);
}
