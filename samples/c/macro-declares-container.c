/* SPDX-License-Identifier: MIT */
/* A macro declares the container and hands a VMA over that is not locked. */
#include "vma.h"

#define CHANGE(name, vma_, remove_)	\
	struct vma_prepare name = {	\
		.vma = (vma_),		\
		.remove = (remove_),	\
	}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	CHANGE(vp, vma, next);

	vma_start_write(vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
