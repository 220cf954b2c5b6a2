/* SPDX-License-Identifier: MIT */
/* A helper returns the container by value. */
#include "vma.h"

static struct vma_prepare prepared(struct vm_area_struct *vma, struct vm_area_struct *next)
{
	struct vma_prepare vp = {
		.vma = vma,
		.remove = next,
	};

	return vp;
}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp = prepared(vma, next);

	vma_start_write(vma);
	vma_start_write(next);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
