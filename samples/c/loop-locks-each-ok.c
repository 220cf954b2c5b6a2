/* SPDX-License-Identifier: MIT */
/* Each round locks its own VMA. */
#include "vma.h"

static void cut_all(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	while (vma) {
		vma_start_write(vma);
		init_vma_prep(&vp, vma);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, vma->vm_mm);
		vma = vma_next(vmi);
	}
}
