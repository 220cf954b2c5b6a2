/* SPDX-License-Identifier: MIT */
/* Two locks, and the result of the second is not looked at. */
#include "vma.h"

static int expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *next)
{
	struct vma_prepare vp;
	int first, second;

	first = vma_start_write_killable(vma);
	second = vma_start_write_killable(next);
	if (first)
		return -EINTR;
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED next (expand) */
	return 0;
}
