/* SPDX-License-Identifier: MIT */
/* The flag that guards the hand-over is not the one that guarded the lock. */
#include "vma.h"

struct plan {
	bool lock_next : 1;
	bool remove_next : 1;
};

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, struct plan *plan)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (plan->lock_next)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, NULL, NULL);
	if (plan->remove_next)
		vp.remove = next;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
