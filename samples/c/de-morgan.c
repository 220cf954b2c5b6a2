/* SPDX-License-Identifier: MIT */
/* `!(a && b)` returns too late: a without b goes on. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *next, bool left, bool right)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (!(left || right))
		return;
	if (right)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, next, NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (merge) */
}
