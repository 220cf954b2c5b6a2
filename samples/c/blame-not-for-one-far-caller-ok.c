/* SPDX-License-Identifier: MIT */
/* The function locks itself; that one far caller does so, too, does no harm. */
#include "vma.h"

static void commit(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void modify_flags(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	commit(vmi, vma);
}

static void modify_name(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	commit(vmi, vma);
}

static void modify_policy(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	commit(vmi, vma);
}

void set_flags(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	modify_flags(vmi, vma);
}

void set_name(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	modify_name(vmi, vma);
}

void set_policy(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	modify_policy(vmi, vma);
}
