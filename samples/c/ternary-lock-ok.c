/* SPDX-License-Identifier: MIT */
/* One of two is locked, by a condition, and the same one is handed over. */
#include "vma.h"

static void remove_one(struct vma_iterator *vmi, struct vm_area_struct *vma,
		       struct vm_area_struct *prev, struct vm_area_struct *next, bool left)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write(left ? prev : next);
	init_multi_vma_prep(&vp, vma, NULL, left ? prev : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
