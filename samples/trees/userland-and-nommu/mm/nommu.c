/* SPDX-License-Identifier: MIT */
/* Without an MMU there are no page faults to keep out. */
#include "internal.h"

void cut_nommu(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
