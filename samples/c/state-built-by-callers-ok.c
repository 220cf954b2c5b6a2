/* SPDX-License-Identifier: MIT */
/*
 * What is to be removed is told by pointers in the struct that the function sets itself; its only
 * caller builds the struct without them. The function may count on that.
 */
#include "vma.h"

struct range {
	struct vm_area_struct *target, *next;
	struct vm_area_struct *removed;
};

static void commit(struct vma_iterator *vmi, struct range *r)
{
	struct vma_prepare vp;

	init_multi_vma_prep(&vp, r->target, NULL, r->removed, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, r->target->vm_mm);
}

static void expand(struct vma_iterator *vmi, struct range *r, bool both) /* assume: (expand) */
{
	vma_start_write(r->target);
	if (both) {
		vma_start_write(r->next);
		r->removed = r->next;
	}
	commit(vmi, r);
}

static void map(struct vma_iterator *vmi, struct vm_area_struct *prev,
		struct vm_area_struct *next, bool both)
{
	struct range r = { .target = prev, .next = next };

	expand(vmi, &r, both);
}
