/* SPDX-License-Identifier: MIT */
/* A function whose callers are out of reach is to blame itself. */
#include "vma.h"

void samples_trim(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (samples_trim) */
}
