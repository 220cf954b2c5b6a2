/* SPDX-License-Identifier: MIT */
/* Relies on a helper of a header. */
#include "internal.h"
#include <linux/mm_inline.h>

void move_border(struct vma_iterator *vmi, struct vm_area_struct *vma, struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write_both(vma, next);
	init_vma_prep(&vp, vma);
	vp.adj_next = next;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (move_border) */
}
