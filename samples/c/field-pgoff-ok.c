/* SPDX-License-Identifier: MIT */
/* vm_pgoff is decremented with the lock. */
#include "vma.h"

static void one_page_down(struct vm_area_struct *vma)
{
	vma_start_write(vma);
	vma->vm_pgoff--;
}
