/* SPDX-License-Identifier: MIT */
/* The VMA is still in the tree, and the lock has gone with the mmap lock. */
#include "vma.h"

static void unmap(struct vm_area_struct *vma, unsigned long end)
{
	vma_start_write(vma);
	mmap_write_downgrade(vma->vm_mm);
	vma->vm_end = end; /* expect: error VMA_LOCK_NO_MMAP vma (unmap) */
}
