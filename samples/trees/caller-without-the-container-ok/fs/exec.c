/* SPDX-License-Identifier: MIT */
/* Callers that do not see the container. */
#include <linux/mm.h>

void shift_arg_pages(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	vma_shrink(vmi, vma);
}

void cut_arg_pages(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_start_write(vma);
	vma_shrink(vmi, vma);
}
