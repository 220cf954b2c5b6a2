/* SPDX-License-Identifier: MIT */
/* A function that does nothing itself passes on that its callee locks. */
#include "vma.h"

static void refresh(struct vm_area_struct *vma)
{
	vma_start_write(vma);
	vma->vm_end = vma->vm_start;
}

static void refresh_quietly(struct vm_area_struct *vma)
{
	refresh(vma);
}

static void resize(struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *vma = vma_next(vmi);

	refresh_quietly(vma);
	vma->vm_end = end;
}
