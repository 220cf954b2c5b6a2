/* SPDX-License-Identifier: MIT */
/* The members of the container are locked through the container. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_start_write(vp.vma);
	if (vp.remove)
		vma_start_write(vp.remove);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
