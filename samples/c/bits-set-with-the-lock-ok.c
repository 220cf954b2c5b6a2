/* SPDX-License-Identifier: MIT */
/* A bit is set together with the lock. */
#include "vma.h"

#define REMOVE_NEXT	1
#define GROW		2

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, unsigned long end)
{
	struct vma_prepare vp;
	unsigned int plan = 0;

	vma_start_write(vma);
	if (next->vm_end == end) {
		plan |= REMOVE_NEXT;
		vma_start_write(next);
	}
	plan |= GROW;
	init_multi_vma_prep(&vp, vma, NULL, plan & REMOVE_NEXT ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
