/* SPDX-License-Identifier: MIT */
/* Two conditions that look alike: the pointer in them is not the same one any more. */
#include "vma.h"

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next, struct vm_area_struct *other)
{
	struct vm_area_struct *probe = vma;
	struct vma_prepare vp;

	vma_start_write(vma);
	if (probe->anon_vma)
		vma_start_write(next);
	probe = other;
	init_multi_vma_prep(&vp, vma, NULL, probe->anon_vma ? next : NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (expand) */
}
