/* SPDX-License-Identifier: MIT */
/* A VMA is taken out of the tree without its lock. */
#include "vma.h"

static void unmap_next(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return;
	vma_mark_detached(vma, true); /* expect: error VMA_DETACH_UNLOCKED vma (unmap_next) */
}
