/* SPDX-License-Identifier: MIT */
/*
 * The same, but the caller builds the struct with a VMA that is to be removed and that nobody
 * has locked.
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

static void expand(struct vma_iterator *vmi, struct range *r, bool both)
{
	vma_start_write(r->target);
	if (both) {
		vma_start_write(r->next);
		r->removed = r->next;
	}
	commit(vmi, r); /* expect: error VMA_COMPLETE_UNLOCKED r->removed (expand) */
}

static void map(struct vma_iterator *vmi, struct vm_area_struct *prev,
		struct vm_area_struct *next, bool both)
{
	struct range r = { .target = prev, .next = next, .removed = next };

	expand(vmi, &r, both);
}
