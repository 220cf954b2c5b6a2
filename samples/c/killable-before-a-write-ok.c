/* SPDX-License-Identifier: MIT */
/* Checked where it is taken, by the caller, later in the function; or made good by a lock that cannot fail. */
#include "vma.h"

static void retried(struct vma_iterator *vmi, unsigned long flags)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return;
	if (vma_start_write_killable(vma))
		vma_start_write(vma);
	vma->__vm_flags = flags;
}

static int checked(struct vma_iterator *vmi, unsigned long flags)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return 0;
	if (vma_start_write_killable(vma))
		return -EINTR;
	vma->__vm_flags = flags;
	return 0;
}

static int checked_later(struct vma_iterator *vmi, unsigned long flags)
{
	struct vm_area_struct *vma = vma_next(vmi);
	int err = 0;

	if (!vma)
		return 0;
	if (vma_start_write_killable(vma))
		err = -EINTR;
	printk("locked\n");
	if (!err)
		vma->__vm_flags = flags;
	return err;
}

static int lock_next(struct vma_iterator *vmi, struct vm_area_struct **found)
{
	*found = vma_next(vmi);
	return *found ? vma_start_write_killable(*found) : -ENOMEM;
}

static int checked_by_the_caller(struct vma_iterator *vmi, unsigned long flags)
{
	struct vm_area_struct *vma;
	int err = lock_next(vmi, &vma);

	if (err)
		return err;
	vma->__vm_flags = flags;
	return 0;
}

/* The lock is held already: nothing can fail. */
static void held(struct vma_iterator *vmi, unsigned long flags)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return;
	vma_start_write(vma);
	vma_start_write_killable(vma);
	vma->__vm_flags = flags;
}
