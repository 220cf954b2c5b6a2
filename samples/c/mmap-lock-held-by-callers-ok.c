/* SPDX-License-Identifier: MIT */
/* Nothing is done to the mmap lock here: that it is held for writing is the callers' business. */
#include "vma.h"

void set_locked(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);

	if (vma)
		vm_flags_set(vma, VM_LOCKED);
}
