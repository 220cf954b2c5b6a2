/* SPDX-License-Identifier: MIT */
/* `a && f(v)`: where a is false, nothing was locked and nothing ends. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	if (vma_iter_prealloc(vmi, vma) && vma_start_write_killable(vma))
		return -ENOMEM;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
	return 0;
}
