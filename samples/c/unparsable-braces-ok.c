/* SPDX-License-Identifier: MIT */
/* One function has a brace too many; the other one is fine. */
#include "vma.h"

static void broken(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: parse (broken) */
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	if (vma->vm_file) }{
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
