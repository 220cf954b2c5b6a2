/* SPDX-License-Identifier: MIT */
/* After the swap `a` is the one that was not locked. */
#include "vma.h"

static void cut_first(struct vma_iterator *vmi, struct vm_area_struct *a,
		      struct vm_area_struct *b)
{
	struct vm_area_struct *old;
	struct vma_prepare vp;

	vma_start_write(a);
	old = a;
	a = b;
	b = old;
	init_vma_prep(&vp, a);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, old->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED b (cut_first) */
}
