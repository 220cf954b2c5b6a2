/* SPDX-License-Identifier: MIT */
/* The mmap lock is downgraded before the commit: all VMA locks are gone. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	mmap_write_downgrade(vma->vm_mm);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
