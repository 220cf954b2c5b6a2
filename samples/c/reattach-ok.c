/* SPDX-License-Identifier: MIT */
/* What comes back after a failure needs no lock: nobody can have found it. */
#include "vma.h"

static void give_back(struct vma_iterator *vmi)
{
	struct vm_area_struct *vma;

	for_each_vma(*vmi, vma)
		vma_mark_detached(vma, false);
}
