/* SPDX-License-Identifier: MIT */
/* The container is filled anew, with a VMA that was not locked. */
#include "vma.h"

static void cut_both(struct vma_iterator *vmi, struct vm_area_struct *vma,
		     struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);

	init_vma_prep(&vp, next);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, next->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (cut_both) */
}
