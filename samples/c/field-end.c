/* SPDX-License-Identifier: MIT */
/* vm_end is raised without the lock. */
#include "vma.h"

static void grow_up(struct vm_area_struct *vma, unsigned long len)
{
	vma->vm_end += len; /* expect: error VMA_FIELD_UNLOCKED vma (grow_up) */
}
