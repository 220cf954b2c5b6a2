/* SPDX-License-Identifier: MIT */
/* vm_start is written with the lock. */
#include "vma.h"

static void grow_down(struct vm_area_struct *vma, unsigned long addr)
{
	vma_start_write(vma);
	vma->vm_start = addr;
}
