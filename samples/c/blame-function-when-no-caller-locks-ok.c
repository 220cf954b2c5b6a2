/* SPDX-License-Identifier: MIT */
/* No caller locks, and none needs to. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void cut_this(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	cut(vmi, vma);
}

static void cut_that(struct vma_iterator *vmi, struct vm_area_struct *that)
{
	cut(vmi, that);
}
