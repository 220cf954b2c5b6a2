/* SPDX-License-Identifier: MIT */
/* next is locked where remove is not next. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *next, bool swallow)
{
	struct vm_area_struct *remove = swallow ? next : NULL;
	struct vma_prepare vp;

	vma_start_write(vma);
	if (remove != next)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, remove, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (merge) */
}
