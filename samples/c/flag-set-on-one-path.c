/* SPDX-License-Identifier: MIT */
/* A flag of the state is set on one path, and the lock is taken on a narrower one. */
#include "vma.h"

struct merge {
	struct vm_area_struct *target;
	struct vm_area_struct *next;
	bool __remove_next;
};

static void commit(struct vma_iterator *vmi, struct merge *merge)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, merge->target);
	if (merge->__remove_next)
		vp.remove = merge->next;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, merge->target->vm_mm);
}

static void merge_both_sides(struct vma_iterator *vmi, struct merge *merge, bool both, bool may)
{
	if (both)
		merge->__remove_next = true;
	if (merge->__remove_next && !may)
		merge->__remove_next = false;
	vma_start_write(merge->target);
	if (both && may && merge->target->vm_end)
		vma_start_write(merge->next);
	commit(vmi, merge); /* expect: error VMA_COMPLETE_UNLOCKED merge->next (merge_both_sides) */ /* assume: (merge_both_sides) */
}
