/* SPDX-License-Identifier: MIT */
/* 0 means locked: the test is the wrong way round. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	if (!vma_start_write_killable(vma))
		return -EINTR;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED vma (cut) */
	return 0;
}
