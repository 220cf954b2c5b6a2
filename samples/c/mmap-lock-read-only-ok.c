/* SPDX-License-Identifier: MIT */
/* The lock is held for writing where it is needed, and given up after the last write. */
#include "vma.h"

static int pin(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	mmap_read_lock(mm);
	vma = vma_lookup(mm, addr);
	mmap_read_unlock(mm);
	if (!vma)
		return -ENOMEM;
	if (mmap_write_lock_killable(mm))
		return -EINTR;
	vma = vma_lookup(mm, addr);
	if (vma)
		vm_flags_set(vma, VM_LOCKED);
	mmap_write_downgrade(mm);
	mmap_read_unlock(mm);
	return 0;
}
