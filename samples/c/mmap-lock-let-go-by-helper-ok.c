/* SPDX-License-Identifier: MIT */
/* The helper says so, and the lock is taken again for writing. */
#include "vma.h"

void wait_for_io(struct mm_struct *mm);

static bool wait_unlocked(struct mm_struct *mm, bool busy)
{
	if (!busy)
		return 0;
	mmap_write_unlock(mm);
	wait_for_io(mm);
	return 1;
}

static void take_again(struct mm_struct *mm)
{
	mmap_write_lock(mm);
}

static void trim(struct mm_struct *mm, unsigned long addr, bool busy)
{
	struct vm_area_struct *vma;

	mmap_write_lock(mm);
	if (wait_unlocked(mm, busy))
		take_again(mm);
	vma = vma_lookup(mm, addr);
	if (vma)
		vm_flags_clear(vma, VM_LOCKED);
	mmap_write_unlock(mm);
}
