/* SPDX-License-Identifier: MIT */
/* The container is filled through a pointer to it. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp, *p = &vp;

	vma_start_write(vma);
	init_vma_prep(p, vma);
	p->remove = next;
	p->adj_next = NULL;
	vma_prepare(p);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
