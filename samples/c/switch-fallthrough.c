/* SPDX-License-Identifier: MIT */
/* The first case leaves the switch before it comes to the lock. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, int how)
{
	struct vma_prepare vp;

	switch (how) {
	case 1:
		printk("head\n");
		break;
	case 2:
		vma_start_write(vma);
		break;
	default:
		return;
	}
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
