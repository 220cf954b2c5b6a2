/* SPDX-License-Identifier: MIT */
/* The function asserts, one caller locks, the other one is to blame. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_assert_write_locked(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void cut_locked(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	cut(vmi, vma);
}

static void cut_too(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	cut(vmi, vma); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut_too) */
}
