/* SPDX-License-Identifier: MIT */
/* The target is another one when it is handed over. */
#include "vma.h"

struct merge {
	struct vm_area_struct *prev;
	struct vm_area_struct *next;
	struct vm_area_struct *target;
};

static void run(struct vma_iterator *vmi, struct merge *merge)
{
	struct vm_area_struct *prev = merge->prev;
	struct vm_area_struct *next = merge->next;
	struct vma_prepare vp;

	merge->target = prev;
	vma_start_write(prev);
	if (next->anon_vma)
		merge->target = next;
	init_vma_prep(&vp, merge->target);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (run) */
}
