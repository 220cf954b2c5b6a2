/* SPDX-License-Identifier: MIT */
/* WARN_ON() in a condition hands its value through: here the wrong way round. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, bool locked)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (locked)
		vma_start_write(next);
	if (WARN_ON(locked))
		return;
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
