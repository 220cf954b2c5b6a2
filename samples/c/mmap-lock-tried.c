/* SPDX-License-Identifier: MIT */
/* The lock was free to be taken for reading, and so it is taken. */
#include "vma.h"

static int insert(struct vm_area_struct *vma)
{
	if (!mmap_read_trylock(vma->vm_mm))
		return -EAGAIN;
	vm_flags_set(vma, VM_LOCKED); /* expect: error VMA_LOCK_NO_MMAP vma (insert) */
	mmap_read_unlock(vma->vm_mm);
	return 0;
}
