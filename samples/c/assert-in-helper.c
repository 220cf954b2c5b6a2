/* SPDX-License-Identifier: MIT */
/* The assert stands in a helper: no lock either. */
#include "vma.h"

static void check(struct vm_area_struct *vma)
{
	vma_assert_write_locked(vma);
	WARN_ON(vma->vm_start >= vma->vm_end);
}

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	check(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
