/* SPDX-License-Identifier: MIT */
/* The result is overwritten before it is tested. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;
	int err;

	err = vma_start_write_killable(vma);
	err = vma_iter_prealloc(vmi, vma);
	if (err)
		return err;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED vma (cut) */
	return 0;
}
