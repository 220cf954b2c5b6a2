/* SPDX-License-Identifier: MIT */
/* Huge pages are split at the new end with the lock held. */
#include "vma.h"

void vma_adjust_trans_huge(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			   struct vm_area_struct *next);

static void cut(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);

	if (!vma)
		return;
	vma_start_write(vma);
	vma_adjust_trans_huge(vma, vma->vm_start, addr, NULL);
	vma->vm_end = addr;
}
