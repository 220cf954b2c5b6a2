/* SPDX-License-Identifier: MIT */
/* The function tests a flag of the state itself, and locks what goes with it. */
#include "vma.h"

struct merge {
	struct vm_area_struct *target;
	struct vm_area_struct *middle;
	bool __remove_middle;
};

static void expand(struct vma_iterator *vmi, struct merge *merge)
{
	struct vma_prepare vp;

	vma_start_write(merge->target);
	if (merge->__remove_middle)
		vma_start_write(merge->middle);
	init_vma_prep(&vp, merge->target);
	if (merge->__remove_middle)
		vp.remove = merge->middle;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, merge->target->vm_mm);
}
