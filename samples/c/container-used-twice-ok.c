/* SPDX-License-Identifier: MIT */
/* The container is filled anew, with a VMA that was locked, too. */
#include "vma.h"

static void cut_both(struct vma_iterator *vmi, struct vm_area_struct *vma,
		     struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);

	vma_start_write(next);
	init_vma_prep(&vp, next);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, next->vm_mm);
}
