/* SPDX-License-Identifier: MIT */
/* Each is locked, then detached. */
#include "vma.h"

static void unmap_all(struct vma_iterator *vmi, struct vm_area_struct *first)
{
	struct vm_area_struct *vma = first;

	do {
		vma_start_write(vma);
		vma_mark_detached(vma, true);
		vma = vma_next(vmi);
	} while (vma);
}
