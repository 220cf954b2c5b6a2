/* SPDX-License-Identifier: MIT */
/* The mode of the lock and the write hang on one flag. */
#include "vma.h"

static void mark_range(struct mm_struct *mm, unsigned long addr, bool write, bool dirty)
{
	struct vm_area_struct *vma;

	if (write)
		mmap_write_lock(mm);
	else
		mmap_read_lock(mm);
	vma = vma_lookup(mm, addr);
	if (vma && dirty && write)
		vm_flags_set(vma, VM_SOFTDIRTY);
	if (write)
		mmap_write_unlock(mm);
	else
		mmap_read_unlock(mm);
}
