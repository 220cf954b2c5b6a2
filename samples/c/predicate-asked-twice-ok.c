/* SPDX-License-Identifier: MIT */
/* A predicate is asked twice, and nothing it reads is written in between. */
#include "vma.h"

struct range {
	struct vm_area_struct *vma, *next;
	unsigned long end;
};

static bool removes_next(struct range *range)
{
	return range->next && range->vma != range->next && range->end == range->next->vm_end;
}

static void expand(struct vma_iterator *vmi, struct range *range)
{
	struct vm_area_struct *next = range->next;
	struct vma_prepare vp;

	vma_start_write(range->vma);
	if (removes_next(range))
		vma_start_write(next);
	init_multi_vma_prep(&vp, range->vma, NULL, removes_next(range) ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, range->vma->vm_mm);
}
