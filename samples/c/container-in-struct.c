/* SPDX-License-Identifier: MIT */
/* The container is a member of a larger struct. */
#include "vma.h"

struct change {
	struct vm_area_struct *vma;
	struct vm_area_struct *next;
	struct vma_prepare vp;
};

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct change change = { .vma = vma, .next = next };

	vma_start_write(change.vma);
	vma_start_write(change.vp.remove ? change.next : change.vma);
	init_multi_vma_prep(&change.vp, change.vma, NULL, change.next, NULL);
	vma_prepare(&change.vp);
	vma_complete(&change.vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
