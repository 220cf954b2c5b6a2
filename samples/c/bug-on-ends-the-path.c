/* SPDX-License-Identifier: MIT */
/* WARN_ON() complains and goes on. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, bool locked)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (locked)
		vma_start_write(next);
	WARN_ON(!locked);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
