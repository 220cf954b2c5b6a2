/* SPDX-License-Identifier: MIT */
/* A for-each macro moves the pointer after the lock. */
#include "vma.h"

static void cut_all(struct vma_iterator *vmi, struct vm_area_struct *first)
{
	struct vm_area_struct *vma = first;
	struct vma_prepare vp;

	vma_start_write(vma);
	for_each_vma(*vmi, vma) {
		init_vma_prep(&vp, vma);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut_all) */
	}
}
