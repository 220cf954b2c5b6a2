/* SPDX-License-Identifier: MIT */
/*
 * A split enters its new half unlocked. Nobody could reach it before, but now they can; this tree
 * does not insist, so it is a warning.
 */
#include "vma.h"

static int split(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;
	struct vm_area_struct *new = vm_area_dup(vma);

	if (!new)
		return -ENOMEM;
	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vp.insert = new;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: warning VMA_COMPLETE_UNLOCKED new (split) */
	return 0;
}
