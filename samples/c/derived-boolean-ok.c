/* SPDX-License-Identifier: MIT */
/* `both = left && right` means that right is true. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		  struct vm_area_struct *next, bool left, bool right)
{
	struct vma_prepare vp;
	bool both = left && right;

	vma_start_write(prev);
	if (right)
		vma_start_write(next);
	init_multi_vma_prep(&vp, prev, NULL, both ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm);
}
