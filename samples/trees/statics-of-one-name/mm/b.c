/* SPDX-License-Identifier: MIT */
/* The only caller of this cut() does not lock, whatever is done in another file. */
#include "internal.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}

void cut_b(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	cut(vmi, vma);
}
