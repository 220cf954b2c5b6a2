/* SPDX-License-Identifier: MIT */
/* The flags of the copy are set by a function that does not lock. */
#include "vma.h"

static int copy(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *tmp = vm_area_dup(vma);

	if (!tmp)
		return -ENOMEM;
	vm_flags_init(tmp, vma->vm_flags & ~VM_LOCKED);
	vma_iter_store(vmi, tmp); /* expect: warning VMA_INSERT_UNLOCKED tmp (copy) */
	return 0;
}
