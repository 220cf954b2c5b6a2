/* SPDX-License-Identifier: MIT */
/* Fills a container for others. */
#include "internal.h"

void init_vma_prep(struct vma_prepare *vp, struct vm_area_struct *vma)
{
	*vp = (struct vma_prepare){ .vma = vma };
}
