/* SPDX-License-Identifier: MIT */
/*
 * Two switches over the same state, and the second hands over in a case in which the first did not
 * lock.
 */
#include "vma.h"

enum merge { MERGE_NONE, MERGE_NEXT, MERGE_BOTH };

static void merge(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *next, enum merge how)
{
	struct vm_area_struct *remove = NULL;
	struct vma_prepare vp;

	vma_start_write(vma);
	switch (how) {
	case MERGE_BOTH:
		vma_start_write(next);
		break;
	default:
		break;
	}

	switch (how) {
	case MERGE_NEXT:
		remove = next;
		break;
	case MERGE_NONE:
	case MERGE_BOTH:
		break;
	}
	init_multi_vma_prep(&vp, vma, NULL, remove, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (merge) */
}
