/* SPDX-License-Identifier: MIT */
/* The container is copied with memcpy(); what it removes is not locked. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare first, vp;

	vma_start_write(vma);
	init_multi_vma_prep(&first, vma, NULL, next, NULL);
	memcpy(&vp, &first, sizeof(vp));
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
