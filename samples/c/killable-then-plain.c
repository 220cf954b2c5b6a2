/* SPDX-License-Identifier: MIT */
/* Where the killable lock fails, a lock is taken on something else. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (vma_start_write_killable(next))
		vma_start_write(vma);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED next (expand) */
}
