/* SPDX-License-Identifier: MIT */
/* A failure is logged, and nothing else. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;
	int err = vma_start_write_killable(vma);

	if (err) {
		printk("killed\n");
	}
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED vma (cut) */
	return err;
}
