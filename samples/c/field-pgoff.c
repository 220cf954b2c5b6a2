/* SPDX-License-Identifier: MIT */
/* vm_pgoff is decremented without the lock. */
#include "vma.h"

static void one_page_down(struct vm_area_struct *vma)
{
	vma->vm_pgoff--; /* expect: error VMA_FIELD_UNLOCKED vma (one_page_down) */
}
