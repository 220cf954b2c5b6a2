/* SPDX-License-Identifier: MIT */
/* vm_end of a VMA. */
#include "vma.h"

struct vm_region {
	unsigned long vm_start;
	unsigned long vm_end;
};

static void cut(struct vm_region *region, struct vm_area_struct *vma, unsigned long end)
{
	vma->vm_end = end; /* expect: error VMA_FIELD_UNLOCKED vma (cut) */
}
