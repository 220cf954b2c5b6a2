/* SPDX-License-Identifier: MIT */
/* Fields that page faults write themselves, or that a lock of their own guards. */
#include "vma.h"

static void note(struct vm_area_struct *vma, struct anon_vma *anon_vma, void *data)
{
	if (!vma->anon_vma)
		vma->anon_vma = anon_vma;
	vma->numab_state = NULL;
	vma->vm_private_data = data;
}
