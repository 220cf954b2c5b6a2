/* SPDX-License-Identifier: MIT */
/* The VMA goes through two calls, and everyone at the top locks. */
#include "vma.h"

static void commit(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static int middleman(struct vma_iterator *vmi, struct vm_area_struct *area)
{
	if (vma_iter_prealloc(vmi, area))
		return -ENOMEM;
	commit(vmi, area);
	return 0;
}

static int careful(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	return middleman(vmi, vma);
}

static int careless(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	return middleman(vmi, vma);
}
