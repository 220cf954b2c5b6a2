/* SPDX-License-Identifier: MIT */
/* What is locked is what the struct holds now; what is removed is what its copy has kept. */
#include "vma.h"

struct range {
	struct vm_area_struct *vma, *next;
};

static void expand(struct vma_iterator *vmi, struct range *range, struct vm_area_struct *other)
{
	struct range saved = *range;
	struct vma_prepare vp;

	vma_start_write(range->vma);
	range->next = other;
	vma_start_write(range->next);
	init_multi_vma_prep(&vp, saved.vma, NULL, saved.next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, saved.vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED range->next (expand) */
	*range = saved;
}
