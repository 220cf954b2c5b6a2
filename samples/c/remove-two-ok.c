/* SPDX-License-Identifier: MIT */
/* Two VMAs are removed at once, both locked. */
#include "vma.h"

static void swallow_two(struct vma_iterator *vmi, struct vm_area_struct *vma,
			struct vm_area_struct *middle, struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write(middle);
	vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, middle, next);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
