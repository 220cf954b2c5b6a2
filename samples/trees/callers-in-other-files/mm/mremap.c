/* SPDX-License-Identifier: MIT */
/* Forgets. */
#include "internal.h"

void move_and_cut(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long to)
{
	if (to == vma->vm_start)
		return;
	cut_locked(vmi, vma); /* expect: error VMA_COMPLETE_UNLOCKED vma (move_and_cut) */
}
