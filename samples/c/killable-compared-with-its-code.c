/* SPDX-License-Identifier: MIT */
/* It goes on where the lock failed, and gives up where it did not. */
#include "vma.h"

static int shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;
	int err = vma_start_write_killable(vma);

	if (err != -EINTR)
		return err;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED vma (shrink) */
	return 0;
}
