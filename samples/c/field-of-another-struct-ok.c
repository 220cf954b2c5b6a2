/* SPDX-License-Identifier: MIT */
/* vm_end of something that is no VMA. */
#include "vma.h"

struct vm_region {
	unsigned long vm_start;
	unsigned long vm_end;
};

static void cut(struct vm_region *region, struct vm_area_struct *vma, unsigned long end)
{
	region->vm_end = end;
}
