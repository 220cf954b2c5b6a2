/* SPDX-License-Identifier: MIT */
/* A helper packs two conditions into a mask; the bit that is asked is the right one. */
#include "vma.h"

static unsigned int sides_of(bool left, bool right)
{
	return (left ? 1 : 0) | (right ? 2 : 0);
}

static void merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		  struct vm_area_struct *next, bool left, bool right)
{
	unsigned int sides = sides_of(left, right);
	struct vma_prepare vp;

	vma_start_write(prev);
	if (sides & 2)
		vma_start_write(next);
	init_multi_vma_prep(&vp, prev, NULL, right ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm);
}
