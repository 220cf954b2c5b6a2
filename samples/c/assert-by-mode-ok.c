/* SPDX-License-Identifier: MIT */
/* Whether the lock is asserted is for the caller to say, who knows whether it locked. */
#include "vma.h"

struct walk_ops {
	int mode;
};

static void enter(struct vm_area_struct *vma, int mode)
{
	if (mode == 1)
		vma_start_write(vma);
	else if (mode == 2)
		vma_assert_write_locked(vma);
}

int walk_all(struct vma_iterator *vmi, const struct walk_ops *ops)
{
	struct vm_area_struct *vma;

	for (vma = vma_next(vmi); vma != NULL; vma = vma_next(vmi))
		enter(vma, ops->mode);
	return 0;
}
