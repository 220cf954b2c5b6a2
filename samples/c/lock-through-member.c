/* SPDX-License-Identifier: MIT */
/* One member of the container is locked through the container, the other is not. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_start_write(vp.vma);
	if (vp.remove2)
		vma_start_write(vp.remove2);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
