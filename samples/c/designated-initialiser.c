/* SPDX-License-Identifier: MIT */
/* The container is filled by an initialiser, with a VMA that is not locked. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp = {
		.vma = vma,
		.remove = next,
		.anon_vma = next->anon_vma,
	};

	vma_start_write(vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
