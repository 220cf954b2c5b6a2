/* SPDX-License-Identifier: MIT */
/* What was found here is detached without the lock. */
#include "vma.h"

static void give_back(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma;

	for_each_vma(*vmi, vma)
		vma_mark_detached(vma, true); /* expect: error VMA_DETACH_UNLOCKED vma (give_back) */
}
