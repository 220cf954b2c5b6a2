/* SPDX-License-Identifier: MIT */
/* What the constructor of a guard class locks is not seen: a gap, and no finding. */
#include "vma.h"

DEFINE_GUARD(vma_write, struct vm_area_struct *, vma_start_write(_T), )

static void shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	guard(vma_write)(vma); /* gap: unknown-value (shrink) */
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
