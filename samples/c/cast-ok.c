/* SPDX-License-Identifier: MIT */
/* A cast does not change which VMA is locked. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma, void *data)
{
	struct vm_area_struct *next = (struct vm_area_struct *)data;
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write((struct vm_area_struct *)data);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
