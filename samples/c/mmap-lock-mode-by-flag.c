/* SPDX-License-Identifier: MIT */
/* The mode of the lock hangs on a flag, the write on another. */
#include "vma.h"

static void mark_range(struct mm_struct *mm, unsigned long addr, bool write, bool dirty)
{
	struct vm_area_struct *vma;

	if (write)
		mmap_write_lock(mm);
	else
		mmap_read_lock(mm);
	vma = vma_lookup(mm, addr);
	if (vma && dirty)
		vm_flags_set(vma, VM_SOFTDIRTY); /* expect: error VMA_LOCK_NO_MMAP vma (mark_range) */
	if (write)
		mmap_write_unlock(mm);
	else
		mmap_read_unlock(mm);
}
