/* SPDX-License-Identifier: MIT */
/* The bool says that the lock failed, and is read as if it said that it was taken. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;
	bool locked = vma_start_write_killable(vma);

	if (!locked)
		return -EINTR;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED vma (cut) */
	return 0;
}
