/* SPDX-License-Identifier: MIT */
/* The copy of a locked VMA is locked, too. */
#include "vma.h"

static int copy(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *new;

	vma_start_write(vma);
	new = vm_area_dup(vma);
	if (!new)
		return -ENOMEM;
	vma_start_write(new);
	vma_iter_store(vmi, new);
	return 0;
}
