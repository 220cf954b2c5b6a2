/* SPDX-License-Identifier: MIT */
/* The same words twice, but a callee has written the field that they read. */
#include "vma.h"

struct plan {
	int step;
	bool remove_next;
};

static void advance(struct plan *plan)
{
	plan->remove_next = true;
}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, struct plan *plan)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (plan->remove_next)
		vma_start_write(next);
	advance(plan);
	init_multi_vma_prep(&vp, vma, NULL, plan->remove_next ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
