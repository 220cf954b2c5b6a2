/* SPDX-License-Identifier: MIT */
/* A loop over an array that is as long as its initialiser, from the second on. */
#include "vma.h"

static void split(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *next)
{
	struct vm_area_struct *both[] = { vma, next };
	struct vma_prepare vp;
	int i;

	for (i = 1; i < ARRAY_SIZE(both); i++)
		vma_start_write(both[i]);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (split) */
}
