/* SPDX-License-Identifier: MIT */
/* Early enough on both paths. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, bool early)
{
	struct vma_prepare vp;

	if (early)
		vma_start_write(vma);
	init_vma_prep(&vp, vma);
	if (!early)
		vma_start_write(vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
