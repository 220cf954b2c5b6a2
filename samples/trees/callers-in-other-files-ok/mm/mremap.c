/* SPDX-License-Identifier: MIT */
/* Locks, too. */
#include "internal.h"

void move_and_cut(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long to)
{
	if (to == vma->vm_start)
		return;
	vma_start_write(vma);
	cut_locked(vmi, vma);
}
