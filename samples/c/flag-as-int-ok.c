/* SPDX-License-Identifier: MIT */
/* An int serves as a flag. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, unsigned long end)
{
	struct vm_area_struct *remove = NULL;
	struct vma_prepare vp;
	int removed = 0;

	vma_start_write(vma);
	if (next->vm_end == end) {
		vma_start_write(next);
		removed = 1;
	} else {
		removed = 2;
	}
	if (removed == 1)
		remove = next;
	init_multi_vma_prep(&vp, vma, NULL, remove, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
