/* SPDX-License-Identifier: MIT */
/* The range is written by a helper of a header, without the lock. */
#include "vma.h"

static void move(struct vma_iterator *vmi, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return;
	vma_set_range(vma, start, end, vma->vm_pgoff); /* expect: error VMA_FIELD_UNLOCKED vma (move) */
}
