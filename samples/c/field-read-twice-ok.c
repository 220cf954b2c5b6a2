/* SPDX-License-Identifier: MIT */
/* Two reads of the same field give the same VMA. */
#include "vma.h"

struct merge {
	struct vm_area_struct *target;
	struct vm_area_struct *other;
};

static void run(struct vma_iterator *vmi, struct merge *merge)
{
	struct vma_prepare vp;

	vma_start_write(merge->target);
	merge->other = merge->target;
	init_vma_prep(&vp, merge->target);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, merge->target->vm_mm);
}
