/* SPDX-License-Identifier: MIT */
/* The one failure is told by its code, which a header defines as a number. */
#include "vma.h"

static int shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;
	int err = vma_start_write_killable(vma);

	if (err == -EINTR)
		return err;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}
