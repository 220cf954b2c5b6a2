/* SPDX-License-Identifier: MIT */
/* The helper returns one of two VMAs, and the other one is handed over. */
#include "vma.h"

static struct vm_area_struct *choose(struct vm_area_struct *a, struct vm_area_struct *b)
{
	return a->anon_vma ? a : b;
}

static void cut_chosen(struct vma_iterator *vmi, struct vm_area_struct *prev,
		       struct vm_area_struct *next)
{
	struct vm_area_struct *chosen = choose(prev, next);
	struct vma_prepare vp;

	vma_start_write(chosen);
	init_vma_prep(&vp, next);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, next->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (cut_chosen) */
}
