/* SPDX-License-Identifier: MIT */
/* The container is copied, and the copy is committed. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp, copy;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	copy = vp;
	copy.remove = next;
	vp = copy;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
