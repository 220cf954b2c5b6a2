/* SPDX-License-Identifier: MIT */
/*
 * prev trails next: the prev of this round was locked as the next of the last, but in the first
 * round it was not.
 */
#include "vma.h"

static void merge_all(struct vma_iterator *vmi, struct vm_area_struct *prev)
{
	struct vm_area_struct *next;
	struct vma_prepare vp;

	for (next = vma_next(vmi); next; next = vma_next(vmi)) {
		vma_start_write(next);
		init_multi_vma_prep(&vp, next, prev, NULL, NULL);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, next->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED prev (merge_all) */
		prev = next;
	}
}
