/* SPDX-License-Identifier: MIT */
/* The source of the copy is not locked, and it is removed later: the removal needs the lock. */
#include "vma.h"

static void dup_anon_vma(struct vm_area_struct *dst, struct vm_area_struct *src)
{
	if (src->anon_vma && !dst->anon_vma) {
		vma_assert_write_locked(dst);
		dst->anon_vma = src->anon_vma;
	}
}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	dup_anon_vma(vma, next);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
