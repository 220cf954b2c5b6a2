/* SPDX-License-Identifier: MIT */
/* `vma = next` before vma is locked. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		  struct vm_area_struct *next, bool right)
{
	struct vm_area_struct *vma = prev;
	struct vma_prepare vp;

	if (right)
		vma = next;
	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
