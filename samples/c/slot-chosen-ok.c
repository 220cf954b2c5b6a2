/* SPDX-License-Identifier: MIT */
/* One of two members of the container is chosen by its address; what goes there is locked. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, bool adjust)
{
	struct vma_prepare vp;
	struct vm_area_struct **slot;

	vma_start_write(vma);
	vma_start_write(next);
	init_vma_prep(&vp, vma);
	slot = adjust ? &vp.adj_next : &vp.remove;
	*slot = next;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
