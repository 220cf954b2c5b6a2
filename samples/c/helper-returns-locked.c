/* SPDX-License-Identifier: MIT */
/* The helper finds the next VMA, and locks it unless it has a file. */
#include "vma.h"

static struct vm_area_struct *lock_next(struct vma_iterator *vmi)
{
	struct vm_area_struct *next = vma_next(vmi);

	if (next && !next->vm_file)
		vma_start_write(next);
	return next;
}

static void remove_next(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *victim = lock_next(vmi);
	struct vma_prepare vp;

	vma_start_write(vma);
	init_multi_vma_prep(&vp, vma, NULL, victim, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED victim (remove_next) */
}
