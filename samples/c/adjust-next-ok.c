/* SPDX-License-Identifier: MIT */
/* The border between two VMAs moves, and both are locked. */
#include "vma.h"

static void move_border(struct vma_iterator *vmi, struct vm_area_struct *vma,
			struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(next);
	vma_start_write(vma);
	init_multi_vma_prep(&vp, vma, next, NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
