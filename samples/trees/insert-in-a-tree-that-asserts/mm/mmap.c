/* SPDX-License-Identifier: MIT */
/* A new VMA enters the tree, and another one by a split. */
#include "internal.h"

int map(struct vma_iterator *vmi, struct mm_struct *mm)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return -12;
	vma_iter_store_new(vmi, vma); /* expect: error VMA_INSERT_UNLOCKED vma (map) */
	return 0;
}

int split(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *new = vm_area_alloc(vma->vm_mm);
	struct vma_prepare vp;

	if (!new)
		return -12;
	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vp.insert = new;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED new (split) */
	return 0;
}
