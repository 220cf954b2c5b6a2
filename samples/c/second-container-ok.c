/* SPDX-License-Identifier: MIT */
/* Two containers, and the VMAs of both are locked. */
#include "vma.h"

static void cut_both(struct vma_iterator *vmi, struct vm_area_struct *vma,
		     struct vm_area_struct *next)
{
	struct vma_prepare first, second;

	vma_start_write(vma);
	vma_start_write(next);
	init_vma_prep(&first, vma);
	init_vma_prep(&second, next);
	vma_prepare(&first);
	vma_complete(&first, vmi, vma->vm_mm);
	vma_prepare(&second);
	vma_complete(&second, vmi, next->vm_mm);
}
