/* SPDX-License-Identifier: MIT */
/* A continue in a do loop skips the commit as well. */
#include "vma.h"

static void cut_all(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	do {
		if (vma->vm_file)
			continue;
		vma_start_write(vma);
		init_vma_prep(&vp, vma);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, vma->vm_mm);
	} while ((vma = vma_next(vmi)));
}
