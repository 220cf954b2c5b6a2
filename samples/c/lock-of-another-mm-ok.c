/* SPDX-License-Identifier: MIT */
/* The mmap lock that is dropped is that of another mm, as fork does it. */
#include "vma.h"

static void copy(struct vma_iterator *vmi, struct mm_struct *mm, struct mm_struct *oldmm)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return;
	vma_start_write(vma);
	mmap_write_unlock(oldmm);
	vma_iter_store(vmi, vma);
}
