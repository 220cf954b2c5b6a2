/* SPDX-License-Identifier: MIT */
/* A macro is the initialiser of the container. */
#include "vma.h"

#define PREPARED(v, n) { .vma = (v), .remove = (n) }

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp = PREPARED(vma, next);

	vma_start_write(vma);
	vma_start_write(next);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
