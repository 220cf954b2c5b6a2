/* SPDX-License-Identifier: MIT */
/* A continue in a do loop leads to the test, and past the lock. */
#include "vma.h"

static void cut_all(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	do {
		init_vma_prep(&vp, vma);
		if (vma->vm_file)
			continue;
		vma_start_write(vma);
	} while (vma->anon_vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut_all) */
}
