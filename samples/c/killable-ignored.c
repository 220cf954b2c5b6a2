/* SPDX-License-Identifier: MIT */
/* Nobody looks at the result. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write_killable(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_KILLABLE_UNCHECKED vma (cut) */
	return 0;
}
