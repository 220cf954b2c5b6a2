/* SPDX-License-Identifier: MIT */
/* A copy of the struct keeps what it held: that was locked, and is what is removed. */
#include "vma.h"

struct range {
	struct vm_area_struct *vma, *next;
};

static void expand(struct vma_iterator *vmi, struct range *range, struct vm_area_struct *other)
{
	struct range saved = *range;
	struct vma_prepare vp;

	vma_start_write(range->vma);
	vma_start_write(range->next);
	range->next = other;
	init_multi_vma_prep(&vp, saved.vma, NULL, saved.next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, saved.vma->vm_mm);
	*range = saved;
}
