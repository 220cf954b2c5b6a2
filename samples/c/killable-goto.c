/* SPDX-License-Identifier: MIT */
/* The goto leads to the commit. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;
	int err = -EINTR;

	if (unlikely(vma_start_write_killable(vma)))
		goto out;
	err = 0;
out:
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED vma (cut) */
	return err;
}
