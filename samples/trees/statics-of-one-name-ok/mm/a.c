/* SPDX-License-Identifier: MIT */
/* The only caller of this cut() locks. */
#include "internal.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

void cut_a(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	cut(vmi, vma);
}
