/* SPDX-License-Identifier: MIT */
/* The loop locks every element up to the NULL. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vm_area_struct *all[] = { vma, next, NULL };
	struct vm_area_struct **p;
	struct vma_prepare vp;

	for (p = all; *p; p++)
		vma_start_write(*p);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
