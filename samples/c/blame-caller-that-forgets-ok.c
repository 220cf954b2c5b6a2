/* SPDX-License-Identifier: MIT */
/* Every caller locks before the call. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void cut_locked(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	cut(vmi, vma);
}

static void cut_next(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return;
	vma_start_write(vma);
	cut(vmi, vma);
}
