/* SPDX-License-Identifier: MIT */
/* The retry drops the mmap lock and goes back to before the lock. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

retry:
	vma_start_write(vma);
	if (vma_iter_prealloc(vmi, vma)) {
		mmap_write_unlock(vma->vm_mm);
		mmap_write_lock(vma->vm_mm);
		goto retry;
	}
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
