/* SPDX-License-Identifier: MIT */
/* In the third arm of a chain prev is handed over, where merge_left is known to be false. */
#include "vma.h"

static void merge(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *prev, bool merge_left, bool merge_right)
{
	struct vm_area_struct *remove = NULL;
	struct vma_prepare vp;

	if (!merge_left && !merge_right)
		return;
	vma_start_write(vma);
	if (merge_left)
		vma_start_write(prev);

	if (merge_left && merge_right)
		printk("both\n");
	else if (merge_left)
		printk("left\n");
	else
		remove = prev;
	init_multi_vma_prep(&vp, vma, NULL, remove, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED prev (merge) */
}
