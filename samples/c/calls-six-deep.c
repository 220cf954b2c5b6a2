/* SPDX-License-Identifier: MIT */
/* Six calls deep, and one of the two at the top does not lock. */
#include "vma.h"

static void level0(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void level1(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	level0(vmi, vma);
}

static void level2(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	level1(vmi, vma);
}

static void level3(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	level2(vmi, vma);
}

static void level4(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	level3(vmi, vma);
}

static void level5(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	level4(vmi, vma);
}

static void careful(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	level5(vmi, vma);
}

static void careless(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	level5(vmi, vma); /* expect: error VMA_COMPLETE_UNLOCKED vma (careless) */
}
