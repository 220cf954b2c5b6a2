/* SPDX-License-Identifier: MIT */
/* An assert takes no lock, and no caller does. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_assert_write_locked(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}

static void cut_next(struct vma_iterator *vmi)
{
	cut(vmi, vma_next(vmi));
}
