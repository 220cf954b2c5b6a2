/* SPDX-License-Identifier: MIT */
/* vma_end_write_all() is what ends the locks. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_end_write_all(vma->vm_mm);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
	up_write(&vma->vm_mm->mmap_lock);
}
