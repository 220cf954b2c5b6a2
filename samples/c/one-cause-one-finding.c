/* SPDX-License-Identifier: MIT */
/*
 * One missing lock, three things that need it: a range is written, the tree is written, the change
 * is committed. It is reported once, as the gravest.
 */
#include "vma.h"

static void grow(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long end)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma->vm_end = end;
	vma_iter_store(vmi, vma);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (grow) */
}
