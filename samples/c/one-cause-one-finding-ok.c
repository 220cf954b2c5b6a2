/* SPDX-License-Identifier: MIT */
/* One lock serves the writes and the commit. */
#include "vma.h"

static void grow(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long end)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma->vm_end = end;
	vma_iter_store(vmi, vma);
	vma_complete(&vp, vmi, vma->vm_mm);
}
