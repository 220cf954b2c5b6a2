/* SPDX-License-Identifier: MIT */
/* A callee asserts the lock of a VMA that was found here, and nobody took it. */
#include "vma.h"

static void set_policy(struct vm_area_struct *vma)
{
	vma_assert_write_locked(vma);
	vma->vm_private_data = NULL;
}

static void set_next(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (vma)
		set_policy(vma); /* expect: error VMA_ASSERT_UNMET vma (set_next) */
}
