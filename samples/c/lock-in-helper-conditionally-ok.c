/* SPDX-License-Identifier: MIT */
/* The helper locks only what was faulted in, and tells what it did. */
#include "vma.h"

static bool lock_faulted(struct vm_area_struct *vma)
{
	if (!vma->anon_vma)
		return false;
	vma_start_write(vma);
	return true;
}

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	if (!lock_faulted(vma))
		return;
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
