/* SPDX-License-Identifier: MIT */
/* Ignored, inverted, swallowed and passed on to a caller that drops it: the field is written all the same. */
#include "vma.h"

static void ignored(struct vma_iterator *vmi, unsigned long flags)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return;
	vma_start_write_killable(vma);
	vma->__vm_flags = flags; /* expect: error VMA_KILLABLE_UNCHECKED vma (ignored) */
}

static int inverted(struct vma_iterator *vmi, unsigned long flags)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return 0;
	if (!vma_start_write_killable(vma))
		return -EINTR;
	vma->__vm_flags = flags; /* expect: error VMA_KILLABLE_UNCHECKED vma (inverted) */
	return 0;
}

static int swallowed(struct vma_iterator *vmi, unsigned long flags, bool strict)
{
	struct vm_area_struct *vma = vma_next(vmi);
	int err = 0;

	if (!vma)
		return 0;
	if (vma_start_write_killable(vma) && strict)
		err = -EINTR;
	if (err)
		return err;
	vma->__vm_flags = flags; /* expect: error VMA_KILLABLE_UNCHECKED vma (swallowed) */
	return 0;
}

static int lock_next(struct vma_iterator *vmi, struct vm_area_struct **found)
{
	*found = vma_next(vmi);
	return *found ? vma_start_write_killable(*found) : -ENOMEM;
}

static int dropped_by_the_caller(struct vma_iterator *vmi, unsigned long flags)
{
	struct vm_area_struct *vma;

	lock_next(vmi, &vma);
	if (vma)
		vma->__vm_flags = flags; /* expect: error VMA_KILLABLE_UNCHECKED vma (dropped_by_the_caller) */
	return 0;
}
