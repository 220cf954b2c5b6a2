/* SPDX-License-Identifier: MIT */
/* The lock depends on one option, the hand-over on another. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
#ifdef CONFIG_NUMA
	vma_start_write(next);
#endif
	init_vma_prep(&vp, vma);
#ifdef CONFIG_USERFAULTFD
	vp.remove = next;
#endif
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
