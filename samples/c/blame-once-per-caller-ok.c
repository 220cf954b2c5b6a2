/* SPDX-License-Identifier: MIT */
/* Three callers, and each of them locks. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void first(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	cut(vmi, vma);
}

static void second(struct vma_iterator *vmi, struct vm_area_struct *area)
{
	vma_start_write(area);
	cut(vmi, area);
}

static void third(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	cut(vmi, vma);
}
