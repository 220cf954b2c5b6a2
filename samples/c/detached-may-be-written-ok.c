/* SPDX-License-Identifier: MIT */
/* The VMA is out of the tree: nobody else can reach it, lock or no lock. */
#include "vma.h"

static void unmap(struct vm_area_struct *vma, unsigned long end)
{
	vma_start_write(vma);
	vma_mark_detached(vma, true);
	mmap_write_downgrade(vma->vm_mm);
	vma->vm_end = end;
}
