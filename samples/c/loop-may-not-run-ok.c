/* SPDX-License-Identifier: MIT */
/* The lock stands in a loop that runs at least once. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, int tries)
{
	struct vma_prepare vp;

	do {
		vma_start_write(vma);
		tries--;
	} while (tries > 0);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
