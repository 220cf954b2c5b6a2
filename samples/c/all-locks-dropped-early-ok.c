/* SPDX-License-Identifier: MIT */
/* The VMA locks are left to the unlock; where they are ended by hand, the mmap lock goes next. */
#include "vma.h"

void unlock_mapping(struct mm_struct *mm);

void drop_all_locks(struct mm_struct *mm)
{
	unlock_mapping(mm);
}

void unlock_by_hand(struct mm_struct *mm, bool keep)
{
	vma_end_write_all(mm);
	if (keep)
		downgrade_write(&mm->mmap_lock);
	else
		up_write(&mm->mmap_lock);
}
