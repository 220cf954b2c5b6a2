/* SPDX-License-Identifier: MIT */
/* vm_end is written through its address, with the lock. */
#include "vma.h"

static void grow_up(struct vm_area_struct *vma, unsigned long end)
{
	unsigned long *limit = &vma->vm_end;

	vma_start_write(vma);
	*limit = end;
}
