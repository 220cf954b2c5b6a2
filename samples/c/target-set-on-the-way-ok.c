/* SPDX-License-Identifier: MIT */
/*
 * The target is locked where it is set. On entry there is none, as the only caller builds the
 * struct: the test of it is for the path that set none.
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
	vma_complete(&vp, vmi, r->target->vm_mm);
	return 0;
}

static int merge(struct vma_iterator *vmi, struct range *r, bool left) /* assume: (merge) */
{
	if (left) {
		vma_start_write(r->prev);
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
