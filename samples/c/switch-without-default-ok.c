/* SPDX-License-Identifier: MIT */
/* A switch without a default, and a lock where it did nothing. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, int how)
{
	struct vma_prepare vp;
	bool locked = false;

	switch (how) {
	case 1:
	case 2:
		vma_start_write(vma);
		locked = true;
	}
	if (!locked)
		vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
