/* SPDX-License-Identifier: MIT */
/* A macro is the initialiser of the container; what is removed is not locked. */
#include "vma.h"

#define PREPARED(v, n) { .vma = (v), .remove = (n) }

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp = PREPARED(vma, next);

	vma_start_write(vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
