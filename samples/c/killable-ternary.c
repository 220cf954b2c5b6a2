/* SPDX-License-Identifier: MIT */
/* Locked if there is one, and the result is forgotten. */
#include "vma.h"

static int expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *next)
{
	struct vma_prepare vp;
	int err = next ? vma_start_write_killable(next) : 0;

	if (err && !next)
		return err;
	vma_start_write(vma);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED next (expand) */
	return 0;
}
