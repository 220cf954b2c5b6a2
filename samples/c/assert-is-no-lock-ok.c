/* SPDX-License-Identifier: MIT */
/* A lock, and an assert after it. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_assert_write_locked(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void cut_next(struct vma_iterator *vmi)
{
	cut(vmi, vma_next(vmi));
}
