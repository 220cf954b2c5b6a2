/* SPDX-License-Identifier: MIT */
/* A new VMA is inserted by a helper, and nobody locks it. */
#include "vma.h"

static void commit_split(struct vma_iterator *vmi, struct vm_area_struct *vma,
			 struct vm_area_struct *new)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vp.insert = new;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED new (commit_split) */
}

static int split(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *new = vm_area_dup(vma);

	if (!new)
		return -ENOMEM;
	vma_start_write(vma);
	commit_split(vmi, vma, new);
	return 0;
}
