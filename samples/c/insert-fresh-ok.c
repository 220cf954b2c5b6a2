/* SPDX-License-Identifier: MIT */
/* A split locks its new half although nobody can reach it yet. */
#include "vma.h"

static int split(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;
	struct vm_area_struct *new = vm_area_dup(vma);

	if (!new)
		return -ENOMEM;
	vma_start_write(vma);
	vma_start_write(new);
	init_vma_prep(&vp, vma);
	vp.insert = new;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}
