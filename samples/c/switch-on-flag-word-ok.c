/* SPDX-License-Identifier: MIT */
/* Two flags make one number, and a switch on it locks what each case needs. */
#include "vma.h"

static int merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		 struct vm_area_struct *next, bool left, bool right)
{
	unsigned int sides = (left << 1) | right;
	struct vma_prepare vp;

	if (!left && !right)
		return 0;
	switch (sides) {
	case 3:
		vma_start_write(prev);
		vma_start_write(next);
		break;
	case 2:
		vma_start_write(prev);
		break;
	case 1:
		vma_start_write(next);
		break;
	}
	init_multi_vma_prep(&vp, left ? prev : next, NULL, left && right ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm);
	return 0;
}
