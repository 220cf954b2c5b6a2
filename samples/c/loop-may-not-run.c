/* SPDX-License-Identifier: MIT */
/* The lock stands in a loop that may not run at all. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, int tries)
{
	struct vma_prepare vp;

	while (tries > 0) {
		vma_start_write(vma);
		tries--;
	}
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
