/* SPDX-License-Identifier: MIT */
/* prev trails next: locked before the loop in the first round, as next in the later ones. */
#include "vma.h"

static void merge_all(struct vma_iterator *vmi, struct vm_area_struct *prev)
{
	struct vm_area_struct *next;
	struct vma_prepare vp;

	vma_start_write(prev);
	for (next = vma_next(vmi); next; next = vma_next(vmi)) {
		vma_start_write(next);
		init_multi_vma_prep(&vp, next, prev, NULL, NULL);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, next->vm_mm);
		prev = next;
	}
}
