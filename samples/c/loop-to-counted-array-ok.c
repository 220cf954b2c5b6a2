/* SPDX-License-Identifier: MIT */
/* A loop over all of an array that is as long as its initialiser. */
#include "vma.h"

static void split(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *next)
{
	struct vm_area_struct *both[] = { vma, next };
	struct vma_prepare vp;
	int i;

	for (i = 0; i < ARRAY_SIZE(both); i++)
		vma_start_write(both[i]);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
