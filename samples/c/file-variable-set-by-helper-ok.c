/* SPDX-License-Identifier: MIT */
/* A variable of the file is set by a helper, and what it holds is locked after that. */
#include "vma.h"

static struct vm_area_struct *cursor;
static bool is_wide;

static void advance(struct vma_iterator *vmi)
{
	cursor = vma_next(vmi);
}

static void advance_and_trim(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma->vm_end = vma->vm_start;
	advance(vmi);
}

static void widen(void)
{
	is_wide = true;
}

static void move(struct vma_iterator *vmi, unsigned long end)
{
	advance(vmi);
	vma_start_write(cursor);
	cursor->vm_end = end;
}

static void move_and_trim(struct vma_iterator *vmi, unsigned long end)
{
	vma_start_write(cursor);
	advance_and_trim(vmi, cursor);
	vma_start_write(cursor);
	cursor->vm_end = end;
}

static void choose(struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (is_wide)
		vma_start_write(vma);
	if (is_wide)
		vma->vm_end = end;
	widen();
}
