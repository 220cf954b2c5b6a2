/* SPDX-License-Identifier: MIT */
/* A helper locks all members of the container, as vma_prepare() did up to 6.5. */
#include "vma.h"

static void lock_members(struct vma_prepare *vp)
{
	vma_start_write(vp->vma);
	if (vp->adj_next)
		vma_start_write(vp->adj_next);
	if (vp->insert)
		vma_start_write(vp->insert);
	if (vp->remove)
		vma_start_write(vp->remove);
	if (vp->remove2)
		vma_start_write(vp->remove2);
}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, struct vm_area_struct *middle)
{
	struct vma_prepare vp;

	init_multi_vma_prep(&vp, vma, next, middle, NULL);
	lock_members(&vp);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
