/* todo: a write through the address of a field is not seen */
/* SPDX-License-Identifier: MIT */
/* vm_end is written through its address, without the lock. */
#include "vma.h"

static void grow_up(struct vm_area_struct *vma, unsigned long end)
{
	unsigned long *limit = &vma->vm_end;

	*limit = end; /* expect: error VMA_FIELD_UNLOCKED vma (grow_up) */
}
