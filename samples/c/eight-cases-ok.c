/* SPDX-License-Identifier: MIT */
/* A merge with re-assigned pointers: every case locks what it hands over. */
#include "vma.h"

static int merge(struct vma_iterator *vmi, struct vm_area_struct *prev,
		 struct vm_area_struct *curr, struct vm_area_struct *next,
		 bool merge_prev, bool merge_next, unsigned long end)
{
	struct vm_area_struct *vma = prev, *adjust = NULL, *remove = NULL, *remove2 = NULL;
	struct vma_prepare vp;

	if (!merge_prev && !merge_next)
		return -EAGAIN;
	if (merge_prev)
		vma_start_write(prev);

	if (merge_prev && merge_next) {
		vma_start_write(next);
		remove = next;
		if (curr) {
			vma_start_write(curr);
			remove = curr;
			remove2 = next;
		}
	} else if (merge_prev) {
		if (curr) {
			vma_start_write(curr);
			if (curr->vm_end == end)
				remove = curr;
			else
				adjust = curr;
		}
	} else {
		vma_start_write(next);
		if (prev && prev->vm_end > end) {
			vma_start_write(prev);
			adjust = next;
		} else {
			vma = next;
			if (curr) {
				vma_start_write(curr);
				remove = curr;
			}
		}
	}

	init_multi_vma_prep(&vp, vma, adjust, remove, remove2);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}
