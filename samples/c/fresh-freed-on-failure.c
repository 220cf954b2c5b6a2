/* SPDX-License-Identifier: MIT */
/* The new VMA is entered on the path on which it was not locked. */
#include "vma.h"

static int map(struct vma_iterator *vmi, struct mm_struct *mm)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return -ENOMEM;
	if (vma_iter_prealloc(vmi, vma))
		goto out;
	vma_start_write(vma);
out:
	vma_iter_store(vmi, vma); /* expect: warning VMA_INSERT_UNLOCKED vma (map) */
	return 0;
}
