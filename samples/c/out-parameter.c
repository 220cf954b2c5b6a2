/* SPDX-License-Identifier: MIT */
/* The helper gives a VMA back through a pointer, and the caller locks another. */
#include "vma.h"

static bool get_next(struct vma_iterator *vmi, struct vm_area_struct **found)
{
	*found = vma_next(vmi);
	return *found != NULL;
}

static void remove_next(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *next;
	struct vma_prepare vp;

	if (!get_next(vmi, &next))
		return;
	vma_start_write(vma);
	vma_start_write(vma);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (remove_next) */
}
