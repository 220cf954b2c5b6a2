/* SPDX-License-Identifier: MIT */
/* The field is written between the two reads. */
#include "vma.h"

struct merge {
	struct vm_area_struct *target;
	struct vm_area_struct *other;
};

static void run(struct vma_iterator *vmi, struct merge *merge)
{
	struct vma_prepare vp;

	vma_start_write(merge->target);
	merge->target = merge->other;
	init_vma_prep(&vp, merge->target);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, merge->target->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED merge->other (run) */
}
