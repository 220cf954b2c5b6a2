/* SPDX-License-Identifier: MIT */
/* Where next is not locked it is NULL, and asks for nothing. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (next)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, next, NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
