/* SPDX-License-Identifier: MIT */
/* Locks both. */
#ifndef _LINUX_MM_INLINE_H
#define _LINUX_MM_INLINE_H

static inline void vma_start_write_both(struct vm_area_struct *a, struct vm_area_struct *b)
{
	vma_start_write(a);
	if (b)
		vma_start_write(b);
}

#endif
