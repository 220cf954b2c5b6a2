/* SPDX-License-Identifier: MIT */
/* memset() clears a container before it is filled. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	memset(&vp, 0, sizeof(vp));
	vp.remove = next;
	vp.vma = vma;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
