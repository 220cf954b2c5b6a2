/* SPDX-License-Identifier: MIT */
/* vm_end is raised with the lock. */
#include "vma.h"

static void grow_up(struct vm_area_struct *vma, unsigned long len)
{
	vma_start_write(vma);
	vma->vm_end += len;
}
