/* SPDX-License-Identifier: MIT */
/* A break leaves the block after the lock. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	do {
		vma_start_write(vma);
		if (vma->vm_file)
			break;
		printk("anonymous\n");
	} while (0);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
