/* SPDX-License-Identifier: MIT */
/* Without CONFIG_PER_VMA_LOCK there is nothing to lock; this is the branch with it. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

#ifndef CONFIG_PER_VMA_LOCK
	vma_start_write(vma);
#endif
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
