/* todo: a brace too many hides the function behind it */
/* SPDX-License-Identifier: MIT */
/* One function has a brace too many; the fault in the other one is found all the same. */
#include "vma.h"

static void broken(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: parse (broken) */
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	if (vma->vm_file) }{
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
