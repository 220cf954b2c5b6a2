/* SPDX-License-Identifier: MIT */
/* On one path remove stays next. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, bool keep)
{
	struct vm_area_struct *remove = next;
	struct vma_prepare vp;

	vma_start_write(vma);
	if (!keep)
		vma_start_write(next);
	else if (next->anon_vma)
		remove = NULL;
	init_multi_vma_prep(&vp, vma, NULL, remove, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
