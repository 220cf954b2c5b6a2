/* SPDX-License-Identifier: MIT */
/* Every try locks. */
#include "vma.h"

static int cut_all(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

again:
	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	vma = vma_next(vmi);
	if (vma)
		goto again;
	return 0;
}
