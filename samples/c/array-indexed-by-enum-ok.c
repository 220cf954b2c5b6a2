/* SPDX-License-Identifier: MIT */
/* Elements of an array are named by enumerators. */
#include "vma.h"

enum { VICTIM, NEIGHBOUR, NR_LOCKED };

static void split(struct vma_iterator *vmi, struct vm_area_struct *vma,
		  struct vm_area_struct *next)
{
	struct vm_area_struct *both[NR_LOCKED] = {
		[VICTIM] = vma,
		[NEIGHBOUR] = next,
	};
	struct vma_prepare vp;

	vma_start_write(both[VICTIM]);
	vma_start_write(both[NEIGHBOUR]);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
