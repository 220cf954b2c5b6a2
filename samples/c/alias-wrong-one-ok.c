/* SPDX-License-Identifier: MIT */
/* `vma` is `next` here, so next is locked. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		  struct vm_area_struct *next)
{
	struct vm_area_struct *vma = prev;
	struct vma_prepare vp;

	vma_start_write(vma);
	vma = next;
	vma_start_write(vma);
	init_multi_vma_prep(&vp, prev, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, prev->vm_mm);
}
