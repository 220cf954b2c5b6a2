/* SPDX-License-Identifier: MIT */
/* One of the three comparisons holds, so one of the three arms has locked it. */
#include "vma.h"

static int shrink(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long start)
{
	struct vma_prepare vp;

	if (start > vma->vm_start)
		vma_start_write(vma);
	else if (start < vma->vm_start)
		vma_start_write(vma);
	if (start == vma->vm_start)
		vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}
