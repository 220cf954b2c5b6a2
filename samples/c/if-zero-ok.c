/* SPDX-License-Identifier: MIT */
/* The lock stands in the #else of an #if 0. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

#if 0
	printk("no lock\n");
#else
	vma_start_write(vma);
#endif
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
