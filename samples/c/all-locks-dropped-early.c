/* SPDX-License-Identifier: MIT */
/* All VMA locks end, and the mmap lock, which the callers took, is held on. */
#include "vma.h"

void unlock_mapping(struct mm_struct *mm);

void drop_all_locks(struct mm_struct *mm)
{
	unlock_mapping(mm);
	vma_end_write_all(mm); /* expect: error VMA_EARLY_RELEASE mm (drop_all_locks) */
}
