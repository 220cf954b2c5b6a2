/* SPDX-License-Identifier: MIT */
/* The border between two VMAs moves, and only one of them is locked. */
#include "vma.h"

static void move_border(struct vma_iterator *vmi, struct vm_area_struct *vma,
			struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(next);
	init_multi_vma_prep(&vp, vma, next, NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (move_border) */
}
