/* SPDX-License-Identifier: MIT */
/* The same words twice, but `end` has got another value between them. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, unsigned long end, unsigned long limit)
{
	struct vm_area_struct *remove = NULL;
	struct vma_prepare vp;

	vma_start_write(vma);
	if (next->vm_end == end)
		vma_start_write(next);
	end = limit;
	if (next->vm_end == end)
		remove = next;
	init_multi_vma_prep(&vp, vma, NULL, remove, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
