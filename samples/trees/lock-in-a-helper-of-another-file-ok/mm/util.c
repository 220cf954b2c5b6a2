/* SPDX-License-Identifier: MIT */
/* Locks both. */
#include "internal.h"

void lock_pair(struct vm_area_struct *one, struct vm_area_struct *other)
{
	vma_start_write(one);
	if (other)
		vma_start_write(other);
}
