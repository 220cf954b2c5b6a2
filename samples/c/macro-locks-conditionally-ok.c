/* SPDX-License-Identifier: MIT */
/* A macro of several statements locks its argument, if there is one. */
#include "vma.h"

#define LOCK_IF_ANY(v) do {		\
	if (v)				\
		vma_start_write(v);	\
} while (0)

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	LOCK_IF_ANY(next);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
