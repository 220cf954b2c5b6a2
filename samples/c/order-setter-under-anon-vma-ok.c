/* SPDX-License-Identifier: MIT */
/* The VMA was locked before; what the setter does again changes nothing. */
#include "vma.h"

static void grow(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	mmap_write_lock(mm);
	vma = vma_lookup(mm, addr);
	vma_start_write(vma);
	anon_vma_lock_write(vma->anon_vma);
	vm_flags_set(vma, VM_SOFTDIRTY);
	anon_vma_unlock_write(vma->anon_vma);
	mmap_write_unlock(mm);
}
