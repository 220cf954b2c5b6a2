/* SPDX-License-Identifier: MIT */
/* A flag guards both the lock and the hand-over. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, bool remove_next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (remove_next)
		vma_start_write(next);
	if (next->anon_vma)
		remove_next = false;
	init_multi_vma_prep(&vp, vma, NULL, remove_next ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
