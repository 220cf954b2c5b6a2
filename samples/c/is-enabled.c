/* SPDX-License-Identifier: MIT */
/* IS_ENABLED() is open both ways, and the hand-over does not ask it. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (IS_ENABLED(CONFIG_USERFAULTFD))
		vma_start_write(next);
	init_vma_prep(&vp, vma);
	vp.remove = next;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
