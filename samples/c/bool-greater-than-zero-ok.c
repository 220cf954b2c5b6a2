/* SPDX-License-Identifier: MIT */
/* `right > 0` is the same as right, for a bool. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		  struct vm_area_struct *next, bool left, bool right)
{
	struct vma_prepare vp;

	vma_start_write(prev);
	if (right > 0)
		vma_start_write(next);
	init_multi_vma_prep(&vp, prev, NULL, right ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm);
}
