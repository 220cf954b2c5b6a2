/* SPDX-License-Identifier: MIT */
/* Whether the lock is asserted hangs on a mode, and the caller says that it locked: it did not. */
#include "vma.h"

static void enter(struct vm_area_struct *vma, int mode)
{
	if (mode == 1)
		vma_start_write(vma);
	else if (mode == 2)
		vma_assert_write_locked(vma);
}

int walk_all(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma;

	for (vma = vma_next(vmi); vma != NULL; vma = vma_next(vmi))
		enter(vma, 2); /* expect: error VMA_ASSERT_UNMET vma (walk_all) */
	return 0;
}
