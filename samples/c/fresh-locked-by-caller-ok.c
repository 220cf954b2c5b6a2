/* SPDX-License-Identifier: MIT */
/* A new VMA is locked by the function that made it, and inserted by a helper. */
#include "vma.h"

static void commit_split(struct vma_iterator *vmi, struct vm_area_struct *vma,
			 struct vm_area_struct *new)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vp.insert = new;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static int split(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *new = vm_area_dup(vma);

	if (!new)
		return -ENOMEM;
	vma_start_write(vma);
	vma_start_write(new);
	commit_split(vmi, vma, new);
	return 0;
}
