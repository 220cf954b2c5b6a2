/* SPDX-License-Identifier: MIT */
/* What a lookup finds is in the tree and not locked. */
#include "vma.h"

static void cut_at(struct vma_iterator *vmi, struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);
	struct vma_prepare vp;

	if (!vma)
		return;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut_at) */
}
