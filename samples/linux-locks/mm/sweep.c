/* SPDX-License-Identifier: MIT */
/* Locks that no check knows the reason of: none of these may go without a word. */
#include "vma.h"

static void sweep_locked(struct vm_area_struct *vma)
{
	vma_start_write(vma);
	sweep_tables(vma, vma->vm_start, vma->vm_end);
}

static int sweep_all(struct mm_struct *mm)
{
	struct vm_area_struct *vma;
	int swept = 0;
	VMA_ITERATOR(vmi, mm, 0);

	mmap_write_lock(mm);
	for_each_vma(vmi, vma) {
		count_sweep(mm);
		vma_start_write(vma);
		sweep_tables(vma, vma->vm_start, vma->vm_end);
		swept++;
	}
	mmap_write_unlock(mm);
	return swept;
}

int sweep_one(struct mm_struct *mm, unsigned long addr, bool deep)
{
	struct vm_area_struct *vma, *other;

	mmap_write_lock(mm);
	vma = vma_lookup(mm, addr);
	other = vma_lookup(mm, 0);
	if (!vma) {
		mmap_write_unlock(mm);
		return -ENOENT;
	}
	if (deep)
		sweep_locked(other);
	count_sweep(mm);
	vma_start_write(vma);
	sweep_readers(vma);
	if (is_worn(vma))
		vma->age++;
	mmap_write_unlock(mm);
	return sweep_all(mm);
}

static void sweep_some(struct vm_area_struct *vma, bool alone)
{
	if (alone)
		vma_start_write(vma);
	sweep_readers(vma);
}

void sweep_both(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	mmap_write_lock(mm);
	vma = vma_lookup(mm, addr);
	if (vma) {
		sweep_some(vma, 0);
		sweep_locked(vma);
	}
	mmap_write_unlock(mm);
}
