/* SPDX-License-Identifier: MIT */
/* The VMA of the first lookup is kept. */
#include "vma.h"

static void cut_at(struct vma_iterator *vmi, struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);
	struct vma_prepare vp;

	if (!vma)
		return;
	vma_start_write(vma);
	addr += 4096;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, mm);
}
