/* SPDX-License-Identifier: MIT */
/* A member is set by hand after the init function, with a locked VMA. */
#include "vma.h"

static void move_border(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *next = vma_next(vmi);
	struct vma_prepare vp;

	vma_start_write(vma);
	if (next)
		vma_start_write(next);
	init_vma_prep(&vp, vma);
	vp.adj_next = next;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
