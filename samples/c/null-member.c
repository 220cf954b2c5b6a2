/* SPDX-License-Identifier: MIT */
/* next may be there, and is handed over also when it has no file. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (next && next->vm_file)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, next, NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
