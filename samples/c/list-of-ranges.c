/* SPDX-License-Identifier: MIT */
/* A walk along a list has no bound: its end is somewhere, and that is a gap. */
#include "vma.h"

struct range {
	struct vm_area_struct *vma;
	struct range *next;
};

static void expand_last(struct vma_iterator *vmi, struct range *list) /* gap: unknown-value (expand_last) */
{
	struct vma_prepare vp;

	while (list->next)
		list = list->next;
	vma_start_write(list->vma);
	init_vma_prep(&vp, list->vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, list->vma->vm_mm);
}
