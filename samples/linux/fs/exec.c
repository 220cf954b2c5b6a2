/* SPDX-License-Identifier: MIT */
/* The caller of vma_expand() and vma_shrink() outside mm/: a new program's stack is moved. */
#include <linux/mm.h>

/* Moves the stack down by @shift bytes. It is built where nobody runs yet, then set in place. */
int shift_arg_pages(struct vm_area_struct *vma, unsigned long shift)
{
	unsigned long new_start = vma->vm_start - shift;
	unsigned long new_end = vma->vm_end - shift;
	VMA_ITERATOR(vmi, vma->vm_mm, new_start);
	int err;

	/* Nothing may lie in the way. */
	if (vma_next(&vmi) != vma)
		return -EFAULT;

	/* Cover both ranges while the pages move. */
	err = vma_expand(&vmi, vma, NULL, new_start, vma->vm_end, vma->vm_pgoff);
	if (err)
		return err;
	return vma_shrink(&vmi, vma, new_start, new_end, vma->vm_pgoff);
}
