/* SPDX-License-Identifier: MIT */
/* Members in the order of the struct, and all of them locked. */
#include "vma.h"

static void grow(struct vma_iterator *vmi, struct vm_area_struct *vma, struct vm_area_struct *next)
{
	struct vma_prepare vp = { vma, next };

	vma_start_write(vma);
	vma_start_write(next);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void drop(struct vma_iterator *vmi, struct vm_area_struct *vma, struct vm_area_struct *next)
{
	struct vma_prepare vp = { vma, .remove = NULL, next };

	vma_start_write(vma);
	vma_start_write(next);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
