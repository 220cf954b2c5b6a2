/* SPDX-License-Identifier: MIT */
/* The helper locks only what was faulted in. */
#include "vma.h"

static void lock_faulted(struct vm_area_struct *vma)
{
	if (vma->anon_vma)
		vma_start_write(vma);
}

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	lock_faulted(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
