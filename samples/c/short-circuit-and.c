/* SPDX-License-Identifier: MIT */
/* The lock is the second operand of && and may be skipped; the commit is not. */
#include "vma.h"

static bool take(struct vm_area_struct *vma)
{
	vma_start_write(vma);
	return true;
}

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, bool wanted)
{
	struct vma_prepare vp;
	bool taken = wanted && take(vma);

	if (wanted)
		printk("%d\n", taken);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
