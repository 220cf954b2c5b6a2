/* SPDX-License-Identifier: MIT */
/* An assert takes no lock, and there is nobody in reach who could have taken it. */
#include "vma.h"

int samples_cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_assert_write_locked(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (samples_cut) */
	return 0;
}
