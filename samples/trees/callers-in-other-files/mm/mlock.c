/* SPDX-License-Identifier: MIT */
/* Locks. */
#include "internal.h"

void lock_and_cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	cut_locked(vmi, vma);
}
