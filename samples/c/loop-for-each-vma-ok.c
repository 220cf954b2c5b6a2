/* SPDX-License-Identifier: MIT */
/* The lock comes first in the body of a for-each macro. */
#include "vma.h"

static void cut_all(struct vma_iterator *vmi, struct vm_area_struct *first)
{
	struct vm_area_struct *vma = first;
	struct vma_prepare vp;

	for_each_vma(*vmi, vma) {
		vma_start_write(vma);
		init_vma_prep(&vp, vma);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, vma->vm_mm);
	}
}
