/* SPDX-License-Identifier: MIT */
/* The helper enters what it is given, and both callers lock. */
#include "vma.h"

static void enter(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_iter_store(vmi, vma);
	vma->vm_mm->map_count++;
}

static void map(struct vma_iterator *vmi, struct mm_struct *mm)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return;
	vma_start_write(vma);
	enter(vmi, vma);
}

static void copy(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *new = vm_area_dup(vma);

	if (!new)
		return;
	vma_start_write(new);
	enter(vmi, new);
}
