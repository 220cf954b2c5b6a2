/* SPDX-License-Identifier: MIT */
/* The first VMA is locked, then all are detached. */
#include "vma.h"

static void unmap_all(struct vma_iterator *vmi, struct vm_area_struct *first)
{
	struct vm_area_struct *vma = first;

	vma_start_write(vma);
	do {
		vma_mark_detached(vma, true); /* expect: error VMA_DETACH_UNLOCKED vma (unmap_all) */
		vma = vma_next(vmi);
	} while (vma);
}
