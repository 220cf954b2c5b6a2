/* SPDX-License-Identifier: MIT */
/* The container is copied with memcpy(). */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare first, vp;

	vma_start_write(vma);
	vma_start_write(next);
	init_multi_vma_prep(&first, vma, NULL, next, NULL);
	memcpy(&vp, &first, sizeof(vp));
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
