/* SPDX-License-Identifier: MIT */
/*
 * A tree of one file. Without the header nobody knows which members the container has, so nothing
 * can be said: not that it is right, not that it is wrong.
 */
#include "internal.h"

void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap: no-members (cut) */
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
