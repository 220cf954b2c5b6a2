/* SPDX-License-Identifier: MIT */
/* A VMA is taken out of the tree with its lock. */
#include "vma.h"

static void unmap_next(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return;
	vma_start_write(vma);
	vma_mark_detached(vma, true);
}
