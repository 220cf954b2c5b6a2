/* SPDX-License-Identifier: MIT */
/* Two callers forget, each of them is told. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void first(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	cut(vmi, vma);
}

static void second(struct vma_iterator *vmi, struct vm_area_struct *area)
{
	cut(vmi, area); /* expect: error VMA_COMPLETE_UNLOCKED area (second) */
}

static void third(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	cut(vmi, vma); /* expect: error VMA_COMPLETE_UNLOCKED vma (third) */
}
