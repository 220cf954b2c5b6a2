/* SPDX-License-Identifier: MIT */
/* A function whose body is not here takes no lock away. */
#include "vma.h"

int account(struct vm_area_struct *vma, unsigned long pages);

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	if (account(vma, 1))
		return -ENOMEM;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}
