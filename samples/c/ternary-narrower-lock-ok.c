/* SPDX-License-Identifier: MIT */
/* `remove_next ? next : NULL` is handed over, and next is locked under just that condition. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, unsigned long end)
{
	bool remove_next = next && next != vma && next->vm_end == end;
	struct vma_prepare vp;

	vma_start_write(vma);
	if (remove_next)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, remove_next ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
