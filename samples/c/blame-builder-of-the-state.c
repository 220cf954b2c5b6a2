/* SPDX-License-Identifier: MIT */
/*
 * expand() knows nothing of a flag that its callee reads. This caller builds the state and sets the
 * flag, without the lock that goes with it.
 */
#include "vma.h"

struct merge {
	struct vm_area_struct *target;
	struct vm_area_struct *middle;
	bool __remove_middle;
};

static void commit(struct vma_iterator *vmi, struct merge *merge)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, merge->target);
	if (merge->__remove_middle)
		vp.remove = merge->middle;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, merge->target->vm_mm);
}

static void swallow_middle(struct vma_iterator *vmi, struct merge *merge)
{
	vma_start_write(merge->target);
	vma_start_write(merge->middle);
	merge->__remove_middle = true;
	commit(vmi, merge);
}

static void expand(struct vma_iterator *vmi, struct merge *merge)
{
	vma_start_write(merge->target);
	commit(vmi, merge);
}

static void grow(struct vma_iterator *vmi, struct vm_area_struct *vma,
		 struct vm_area_struct *middle)
{
	struct merge merge = {
		.target = vma,
		.middle = middle,
		.__remove_middle = true,
	};

	expand(vmi, &merge); /* expect: error VMA_COMPLETE_UNLOCKED middle (grow) */
}
