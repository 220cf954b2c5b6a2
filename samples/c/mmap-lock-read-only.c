/* SPDX-License-Identifier: MIT */
/* A driver changes flags under the mmap lock held for reading. */
#include "vma.h"

static int pin(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	mmap_read_lock(mm);
	vma = vma_lookup(mm, addr);
	if (!vma) {
		mmap_read_unlock(mm);
		return -ENOMEM;
	}
	vm_flags_set(vma, VM_LOCKED); /* expect: error VMA_LOCK_NO_MMAP vma (pin) */
	mmap_read_unlock(mm);
	return 0;
}
