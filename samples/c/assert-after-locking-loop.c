/* SPDX-License-Identifier: MIT */
/* The loop that hands VMAs to what asserts the lock takes it for some of them only. */
#include "vma.h"

static void set_policy(struct vm_area_struct *vma)
{
	vma_assert_write_locked(vma);
	vma->vm_private_data = NULL;
}

void set_all(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma;

	for (vma = vma_next(vmi); vma != NULL; vma = vma_next(vmi)) {
		if (vma->anon_vma)
			vma_start_write(vma);
		set_policy(vma); /* expect: error VMA_ASSERT_UNMET vma (set_all) */
	}
}
