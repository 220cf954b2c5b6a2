/* SPDX-License-Identifier: MIT */
/* A macro commits, and the VMA is not locked. */
#include "vma.h"

#define COMMIT(vp, vmi) vma_complete(vp, vmi, (vp)->vma->vm_mm)

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	COMMIT(&vp, vmi); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
