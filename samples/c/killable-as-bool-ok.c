/* SPDX-License-Identifier: MIT */
/* The bool says that the lock was taken. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;
	bool locked = !vma_start_write_killable(vma);

	if (!locked)
		return -EINTR;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}
