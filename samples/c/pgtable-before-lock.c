/* SPDX-License-Identifier: MIT */
/* Huge pages are split at the new end first, the lock comes after: a fault may undo it. */
#include "vma.h"

void vma_adjust_trans_huge(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			   struct vm_area_struct *next);

static void cut(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);

	if (!vma)
		return;
	vma_adjust_trans_huge(vma, vma->vm_start, addr, NULL); /* expect: error VMA_PGTABLE_UNLOCKED vma (cut) */
	vma_start_write(vma);
	vma->vm_end = addr;
}
