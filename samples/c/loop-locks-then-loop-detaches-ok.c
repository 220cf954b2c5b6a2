/* SPDX-License-Identifier: MIT */
/* A loop locks, a later one detaches: whether they meet the same VMAs is not known. */
#include "vma.h"

static void lock_all(struct mm_struct *mm)
{
	struct vm_area_struct *vma;
	VMA_ITERATOR(vmi, mm, 0);

	for_each_vma(vmi, vma)
		vma_start_write(vma);
}

static void lock_one(struct vm_area_struct *vma)
{
	vma_start_write(vma);
}

static void clear(struct mm_struct *mm) /* gap: unknown-value (clear) */
{
	struct vm_area_struct *vma;
	VMA_ITERATOR(vmi, mm, 0);

	lock_all(mm);
	for_each_vma(vmi, vma)
		vma_mark_detached(vma, true);
}

static void clear_here(struct mm_struct *mm) /* gap: unknown-value (clear_here) */
{
	struct vm_area_struct *vma;
	VMA_ITERATOR(vmi, mm, 0);
	VMA_ITERATOR(again, mm, 0);

	for_each_vma(vmi, vma)
		lock_one(vma);
	for_each_vma(again, vma)
		vma_mark_detached(vma, true);
}
