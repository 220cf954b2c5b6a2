/* SPDX-License-Identifier: MIT */
/* One of three callers is given the VMA locked, further out: that is no rule for the others. */
#include "vma.h"

static void commit(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (commit) */
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
