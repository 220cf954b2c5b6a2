/* SPDX-License-Identifier: MIT */
/* The copy of a locked VMA is not locked. */
#include "vma.h"

static int copy(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *new;

	vma_start_write(vma);
	new = vm_area_dup(vma);
	if (!new)
		return -ENOMEM;
	vma_iter_store(vmi, new); /* expect: warning VMA_INSERT_UNLOCKED new (copy) */
	return 0;
}
