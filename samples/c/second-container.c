/* SPDX-License-Identifier: MIT */
/* Two containers: all of the first is locked, not all of the second. */
#include "vma.h"

static void cut_both(struct vma_iterator *vmi, struct vm_area_struct *vma,
		     struct vm_area_struct *next)
{
	struct vma_prepare first, second;

	vma_start_write(vma);
	init_vma_prep(&first, vma);
	init_vma_prep(&second, next);
	vma_prepare(&first);
	vma_complete(&first, vmi, vma->vm_mm);
	vma_prepare(&second);
	vma_complete(&second, vmi, next->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (cut_both) */
}
