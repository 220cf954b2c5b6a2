/* SPDX-License-Identifier: MIT */
/*
 * The lock comes between vma_prepare() and vma_complete(): an assert would pass, but the rmap locks
 * are held already.
 */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_start_write(vma);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_LOCK_AFTER_PREPARE vma (cut) */
}
