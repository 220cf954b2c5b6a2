/* todo: that container_of() undoes the address of a member is not known */
/* SPDX-License-Identifier: MIT */
/* The VMA is reached through a member's address, and never locked. */
#include "vma.h"

#define container_of(ptr, type, member)	\
	((type *)((char *)(ptr) - __builtin_offsetof(type, member)))

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct file **slot = &vma->vm_file;
	struct vm_area_struct *same = container_of(slot, struct vm_area_struct, vm_file);
	struct vma_prepare vp;

	init_vma_prep(&vp, same);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
