/* SPDX-License-Identifier: MIT */
/* A goto jumps over the lock. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	if (vma_iter_prealloc(vmi, NULL))
		goto commit;
	vma_start_write(vma);
commit:
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
	return 0;
}
