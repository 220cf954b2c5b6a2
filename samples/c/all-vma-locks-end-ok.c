/* SPDX-License-Identifier: MIT */
/* vma_end_write_all() after the commit. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	vma_end_write_all(vma->vm_mm);
	up_write(&vma->vm_mm->mmap_lock);
}
