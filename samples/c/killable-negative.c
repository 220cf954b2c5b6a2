/* SPDX-License-Identifier: MIT */
/* -EINTR is negative: `> 0` never holds. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;
	int err = vma_start_write_killable(vma);

	if (err > 0)
		return err;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED vma (cut) */
	return 0;
}
