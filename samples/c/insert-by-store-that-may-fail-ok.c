/* SPDX-License-Identifier: MIT */
/* A store that may fail, after the lock. */
#include "vma.h"

static int map(struct vma_iterator *vmi, struct mm_struct *mm)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return -ENOMEM;
	vma_start_write(vma);
	if (vma_iter_store_gfp(vmi, vma, GFP_KERNEL)) {
		vm_area_free(vma);
		return -ENOMEM;
	}
	return 0;
}
