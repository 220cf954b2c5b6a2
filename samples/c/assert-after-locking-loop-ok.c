/* SPDX-License-Identifier: MIT */
/* One loop locks all VMAs, a second one hands them to what asserts the lock. */
#include "vma.h"

static void set_policy(struct vm_area_struct *vma)
{
	vma_assert_write_locked(vma);
	vma->vm_private_data = NULL;
}

void set_all(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma;

	for (vma = vma_next(vmi); vma != NULL; vma = vma_next(vmi))
		vma_start_write(vma);
	for (vma = vma_next(vmi); vma != NULL; vma = vma_next(vmi))
		set_policy(vma);
}
