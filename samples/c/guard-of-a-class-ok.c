/* SPDX-License-Identifier: MIT */
/* A guard class locks the VMA; what the constructor of a class that is not in sight does is open. */
#include "vma.h"

DEFINE_GUARD(vma_write, struct vm_area_struct *, vma_start_write(_T), )

static void shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	guard(vma_write)(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void grow(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	guard(vma_elsewhere)(vma); /* gap: parse (grow) */
	init_vma_prep(&vp, vma); /* gap: unknown-value (grow) */
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
