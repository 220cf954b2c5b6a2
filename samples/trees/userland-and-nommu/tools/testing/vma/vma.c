/* SPDX-License-Identifier: MIT */
/* A test of user space, with stubs for locks. */
#include "../../../mm/internal.h"

void cut_test(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
