/* SPDX-License-Identifier: MIT */
/* A compound literal is an array; it has one VMA twice. */
#include "vma.h"

static void lock_both(struct vm_area_struct *v[2])
{
	vma_start_write(v[0]);
	vma_start_write(v[1]);
}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	lock_both((struct vm_area_struct *[]){ vma, vma });
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
