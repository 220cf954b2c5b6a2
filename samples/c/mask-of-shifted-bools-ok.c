/* SPDX-License-Identifier: MIT */
/* Two bools shifted into a mask; the bit that is asked is the right one. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		  struct vm_area_struct *next, bool left, bool right)
{
	unsigned int sides = (left << 0) | (right << 1);
	struct vma_prepare vp;

	vma_start_write(prev);
	if (sides & 2)
		vma_start_write(next);
	init_multi_vma_prep(&vp, prev, NULL, right ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm);
}
