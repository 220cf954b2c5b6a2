/* SPDX-License-Identifier: MIT */
/* vm_pgoff needs the lock. */
#include "vma.h"

static void note(struct vm_area_struct *vma, struct anon_vma *anon_vma, void *data)
{
	vma->vm_pgoff = 0; /* expect: error VMA_FIELD_UNLOCKED vma (note) */
}
