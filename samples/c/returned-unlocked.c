/* SPDX-License-Identifier: MIT */
/* What vma_modify_flags() gives back is locked only if it merged or split. */
#include "vma.h"

#define IS_ERR(pointer)	((unsigned long)(pointer) >= (unsigned long)-4095)

struct vm_area_struct *vma_modify_flags(struct vma_iterator *vmi, struct vm_area_struct *prev,
					struct vm_area_struct *vma, unsigned long start,
					unsigned long end, unsigned long flags);

static int change_next(struct vma_iterator *vmi, struct vm_area_struct *prev, unsigned long flags)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return 0;
	vma = vma_modify_flags(vmi, prev, vma, vma->vm_start, vma->vm_end, flags);
	if (IS_ERR(vma))
		return -ENOMEM;
	vma->__vm_flags = flags; /* expect: error VMA_RET_UNLOCKED vma (change_next) */
	return 0;
}

static int change_found(struct vma_iterator *vmi, struct vm_area_struct *prev, struct mm_struct *mm,
			unsigned long addr, unsigned long flags)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);
	struct vm_area_struct *new;

	if (!vma)
		return 0;
	new = vma_modify_flags(vmi, prev, vma, addr, vma->vm_end, flags);
	if (IS_ERR(new))
		return -ENOMEM;
	if (new != vma)
		vma_start_write(new);
	new->__vm_flags = flags; /* expect: error VMA_RET_UNLOCKED vma (change_found) */
	return 0;
}
