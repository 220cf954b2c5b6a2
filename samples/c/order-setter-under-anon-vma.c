/* SPDX-License-Identifier: MIT */
/* A setter locks inside, and the lock of the anon_vma is held by then. */
#include "vma.h"

static void grow(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	mmap_write_lock(mm);
	vma = vma_lookup(mm, addr);
	anon_vma_lock_write(vma->anon_vma);
	vm_flags_set(vma, VM_SOFTDIRTY); /* expect: error VMA_LOCK_ORDER vma (grow) */
	anon_vma_unlock_write(vma->anon_vma);
	mmap_write_unlock(mm);
}
