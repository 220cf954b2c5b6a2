/* SPDX-License-Identifier: MIT */
/* vm_start is written without the lock, as in a stack that grows down. */
#include "vma.h"

static void grow_down(struct vm_area_struct *vma, unsigned long addr)
{
	vma->vm_start = addr; /* expect: error VMA_FIELD_UNLOCKED vma (grow_down) */
}
