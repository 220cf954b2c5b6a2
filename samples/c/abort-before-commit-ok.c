/* SPDX-License-Identifier: MIT */
/* The function gives up where it could not lock. */
#include "vma.h"

static int expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *next, bool special)
{
	struct vma_prepare vp;
	int err = 0;

	vma_start_write(vma);
	if (special)
		err = -EAGAIN;
	else
		vma_start_write(next);
	if (err)
		goto abort;
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
abort:
	return err;
}
