/* SPDX-License-Identifier: MIT */
/* A helper waits, and lets the lock go for that: what was locked before is not any more. */
#include "vma.h"

void wait_for_io(struct mm_struct *mm);

static bool wait_unlocked(struct mm_struct *mm, bool busy)
{
	if (!busy)
		return 0;
	mmap_write_unlock(mm);
	wait_for_io(mm);
	mmap_read_lock(mm);
	return 1;
}

static void trim(struct mm_struct *mm, unsigned long addr, bool busy)
{
	struct vm_area_struct *vma;

	mmap_write_lock(mm);
	wait_unlocked(mm, busy);
	vma = vma_lookup(mm, addr);
	if (vma)
		vm_flags_clear(vma, VM_LOCKED); /* expect: error VMA_LOCK_NO_MMAP vma (trim) */
	if (busy)
		mmap_read_unlock(mm);
	else
		mmap_write_unlock(mm);
}
