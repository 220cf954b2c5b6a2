/* SPDX-License-Identifier: MIT */
/* Flags of a VMA that was found, written through the macro that hides the member. */
#include "vma.h"

#define ACCESS_PRIVATE(p, member)	((p)->member)

static void pin(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);

	if (vma)
		ACCESS_PRIVATE(vma, __vm_flags) |= VM_LOCKED; /* expect: error VMA_FIELD_UNLOCKED vma (pin) */
}
