/* SPDX-License-Identifier: MIT */
/* A loop locks all VMAs, then the mmap lock is dropped, or the loops are the other way round. */
#include "vma.h"

static void lock_all(struct mm_struct *mm)
{
	struct vm_area_struct *vma;
	VMA_ITERATOR(vmi, mm, 0);

	for_each_vma(vmi, vma)
		vma_start_write(vma);
}

static void clear(struct mm_struct *mm)
{
	struct vm_area_struct *vma;
	VMA_ITERATOR(vmi, mm, 0);

	lock_all(mm);
	mmap_write_unlock(mm);
	mmap_write_lock(mm);
	for_each_vma(vmi, vma)
		vma_mark_detached(vma, true); /* expect: error VMA_DETACH_UNLOCKED vma (clear) */
}

static void clear_first(struct mm_struct *mm)
{
	struct vm_area_struct *vma;
	VMA_ITERATOR(vmi, mm, 0);
	VMA_ITERATOR(again, mm, 0);

	for_each_vma(vmi, vma)
		vma_mark_detached(vma, true); /* expect: error VMA_DETACH_UNLOCKED vma (clear_first) */
	for_each_vma(again, vma)
		vma_start_write(vma);
}
