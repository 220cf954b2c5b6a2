/* SPDX-License-Identifier: MIT */
/* One of two symbols is the one that switches the lock on: the other does not matter. */
#include "vma.h"

static void shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

#if defined(CONFIG_PER_VMA_LOCK) || defined(CONFIG_NUMA)
	vma_start_write(vma);
#endif
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
