/* SPDX-License-Identifier: MIT */
/* After the swap `b` is the one that was locked. */
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
	init_vma_prep(&vp, b);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, old->vm_mm);
}
