/* SPDX-License-Identifier: MIT */
/* memset() clears a container after it was filled. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vp.remove = next;
	memset(&vp, 0, sizeof(vp));
	vp.vma = vma;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
