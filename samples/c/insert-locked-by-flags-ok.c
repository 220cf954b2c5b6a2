/* SPDX-License-Identifier: MIT */
/* vm_flags_clear() locks the copy, as a side effect that fork relies on. */
#include "vma.h"

static int copy(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *tmp = vm_area_dup(vma);

	if (!tmp)
		return -ENOMEM;
	vm_flags_clear(tmp, VM_LOCKED);
	vma_iter_store(vmi, tmp);
	return 0;
}
