/* SPDX-License-Identifier: MIT */
/* Members are assigned before vma_prepare(), after vma_complete(), or those of another container. */
#include "vma.h"

static void before(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write(next);
	init_vma_prep(&vp, vma);
	vp.remove = next;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void used_again(struct vma_iterator *vmi, struct vm_area_struct *vma,
		       struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	vma_start_write(next);
	vp.vma = next;
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void another(struct vma_iterator *vmi, struct vm_area_struct *vma,
		    struct vm_area_struct *next)
{
	struct vma_prepare vp;
	struct vma_prepare spare;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	init_vma_prep(&spare, vma);
	spare.remove = next;
	vma_complete(&vp, vmi, vma->vm_mm);
}
