/* SPDX-License-Identifier: MIT */
/*
 * The same, but nobody locks it where it is set.
 */
#include "vma.h"

struct range {
	struct vm_area_struct *prev, *target;
};

static int expand(struct vma_iterator *vmi, struct range *r)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, r->target);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, r->target->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED r->target (expand) */
	return 0;
}

static int merge(struct vma_iterator *vmi, struct range *r, bool left)
{
	if (left) {
		r->target = r->prev;
	}
	if (r->target)
		return expand(vmi, r);
	return 0;
}

static int map(struct vma_iterator *vmi, struct vm_area_struct *prev, bool left)
{
	struct range r = { .prev = prev };

	return merge(vmi, &r, left);
}
