/* SPDX-License-Identifier: MIT */
/* A goto jumps over the lock, and over the commit. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	if (vma_iter_prealloc(vmi, NULL))
		goto fail;
	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
fail:
	return -ENOMEM;
}
