/* SPDX-License-Identifier: MIT */
/* The loop stops one short. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vm_area_struct *all[2] = { vma, next };
	struct vma_prepare vp;

	for (int i = 0; i < 1; i++)
		vma_start_write(all[i]);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
