/* SPDX-License-Identifier: MIT */
/* The second try forgets that the VMA has changed. */
#include "vma.h"

static int cut_all(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
again:
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut_all) */
	vma = vma_next(vmi);
	if (vma)
		goto again;
	return 0;
}
