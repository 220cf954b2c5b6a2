/* SPDX-License-Identifier: MIT */
/* Locked after the call, before it, or where it came back as it was; one is left to the callers. */
#include "vma.h"

#define IS_ERR(pointer)	((unsigned long)(pointer) >= (unsigned long)-4095)

struct vm_area_struct *vma_modify_flags(struct vma_iterator *vmi, struct vm_area_struct *prev,
					struct vm_area_struct *vma, unsigned long start,
					unsigned long end, unsigned long flags);

static int locked_after(struct vma_iterator *vmi, struct vm_area_struct *prev, unsigned long flags)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return 0;
	vma = vma_modify_flags(vmi, prev, vma, vma->vm_start, vma->vm_end, flags);
	if (IS_ERR(vma))
		return -ENOMEM;
	vma_start_write(vma);
	vma->__vm_flags = flags;
	return 0;
}

/* What it was merged into, the merge locked. */
static int locked_before(struct vma_iterator *vmi, struct vm_area_struct *prev, unsigned long flags)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return 0;
	vma_start_write(vma);
	vma = vma_modify_flags(vmi, prev, vma, vma->vm_start, vma->vm_end, flags);
	if (IS_ERR(vma))
		return -ENOMEM;
	vma->__vm_flags = flags;
	return 0;
}

static int locked_if_the_same(struct vma_iterator *vmi, struct vm_area_struct *prev,
			      unsigned long flags)
{
	struct vm_area_struct *vma = vma_next(vmi); /* assume: (locked_if_the_same) */
	struct vm_area_struct *new;

	if (!vma)
		return 0;
	new = vma_modify_flags(vmi, prev, vma, vma->vm_start, vma->vm_end, flags);
	if (IS_ERR(new))
		return -ENOMEM;
	if (new == vma && vma_start_write_killable(vma))
		return -EINTR;
	new->__vm_flags = flags;
	return 0;
}

/* Whoever hands it in may have locked it. */
int handed_in(struct vma_iterator *vmi, struct vm_area_struct *prev, struct vm_area_struct *vma,
	      unsigned long flags)
{
	struct vm_area_struct *new; /* assume: (handed_in) */

	new = vma_modify_flags(vmi, prev, vma, vma->vm_start, vma->vm_end, flags);
	if (IS_ERR(new))
		return -ENOMEM;
	new->__vm_flags = flags;
	return 0;
}
