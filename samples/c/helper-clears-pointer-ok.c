/* SPDX-License-Identifier: MIT */
/* The helper sets the pointer to NULL where it did not lock. */
#include "vma.h"

static void drop_special(struct vm_area_struct **vma)
{
	if ((*vma)->vm_file)
		*vma = NULL;
	else
		vma_start_write(*vma);
}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	drop_special(&next);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
