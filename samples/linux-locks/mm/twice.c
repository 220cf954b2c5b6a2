/* SPDX-License-Identifier: MIT */
/* Functions that lock a VMA more than once, not all of it for the same work. */
#include "vma.h"

static void mark_swept(struct vm_area_struct *vma)
{
	vma_start_write(vma);
	vma->age = 0;
}

int sweep_and_mark(struct mm_struct *mm, unsigned long addr, bool mark)
{
	struct vm_area_struct *vma;

	mmap_write_lock(mm);
	vma = vma_lookup(mm, addr);
	if (!vma) {
		mmap_write_unlock(mm);
		return -ENOENT;
	}
	vma_start_write(vma);
	sweep_readers(vma);
	if (mark)
		mark_swept(vma);
	mmap_write_unlock(mm);
	return 0;
}

int mark_one(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	mmap_write_lock(mm);
	vma = vma_lookup(mm, addr);
	if (!vma) {
		mmap_write_unlock(mm);
		return -ENOENT;
	}
	vma_start_write(vma);
	mark_swept(vma);
	sweep_readers(vma);
	mmap_write_unlock(mm);
	return 0;
}

int sweep_moved(struct mm_struct *mm, struct sweep *sweep, bool move)
{
	struct vm_area_struct *spare = NULL;
	struct vm_area_struct *vma = sweep->vma;

	if (move)
		vma_start_write(vma);
	count_sweep(mm);
	if (move)
		sweep_copy(sweep, &spare);
	sweep_readers(vma);
	return spare ? 0 : -ENOENT;
}
