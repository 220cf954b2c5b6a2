/* SPDX-License-Identifier: MIT */
/* The VMA was found here, and locked here. */
#include "vma.h"

static void cut_next(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);
	struct vma_prepare vp;

	if (!vma)
		return;
	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
