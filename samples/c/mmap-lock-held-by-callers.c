/* SPDX-License-Identifier: MIT */
/* Whoever calls this holds the mmap lock for writing, and it is downgraded here. */
#include "vma.h"

void set_locked(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	mmap_write_downgrade(mm);
	vma = vma_lookup(mm, addr);
	if (vma)
		vm_flags_set(vma, VM_LOCKED); /* expect: error VMA_LOCK_NO_MMAP vma (set_locked) */
}
