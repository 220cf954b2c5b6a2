/* SPDX-License-Identifier: MIT */
/* A bit of a mask is set on one path and cleared on another: else it is as it was built. */
#include "vma.h"

enum {
	REMOVE_NEXT = BIT(0),
	ADJUST_NEXT = BIT(1),
};

struct merge {
	struct vm_area_struct *target;
	struct vm_area_struct *next;
	unsigned long __ops;
};

static void commit(struct vma_iterator *vmi, struct merge *merge)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, merge->target);
	if (merge->__ops & REMOVE_NEXT)
		vp.remove = merge->next;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, merge->target->vm_mm);
}

static void merge_both_sides(struct vma_iterator *vmi, struct merge *merge, bool both, bool may)
{
	if (both)
		merge->__ops |= REMOVE_NEXT;
	if (!may)
		merge->__ops &= ~REMOVE_NEXT;
	vma_start_write(merge->target);
	if (both && may)
		vma_start_write(merge->next);
	commit(vmi, merge); /* assume: (merge_both_sides) */
}
