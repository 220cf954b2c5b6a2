/* SPDX-License-Identifier: MIT */
/* `vma` is `prev` here, so next is not locked. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		  struct vm_area_struct *next)
{
	struct vm_area_struct *vma = prev;
	struct vma_prepare vp;

	vma_start_write(vma);
	vma = next;
	init_multi_vma_prep(&vp, prev, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (merge) */
}
