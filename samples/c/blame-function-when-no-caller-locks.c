/* SPDX-License-Identifier: MIT */
/* No caller locks: the function that commits is to blame, once. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}

static void cut_this(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	cut(vmi, vma);
}

static void cut_that(struct vma_iterator *vmi, struct vm_area_struct *that)
{
	cut(vmi, that);
}
