/* SPDX-License-Identifier: MIT */
/* The pointer that tells whether next goes is set with the lock. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, unsigned long end)
{
	struct vm_area_struct *remove = NULL;
	struct vma_prepare vp;

	vma_start_write(vma);
	if (next->vm_end <= end)
		remove = next;
	if (remove)
		vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, remove, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
