/* SPDX-License-Identifier: MIT */
/* The lock is taken of variables that nothing was put into yet: one is NULL, the other never set. */
#include "vma.h"

static int copy_anon(struct vm_area_struct *dst, struct vm_area_struct *src,
		     struct vm_area_struct **dup)
{
	dst->anon_vma = src->anon_vma;
	*dup = dst;
	return 0;
}

static int merge(struct vma_iterator *vmi, struct vm_area_struct *vma, bool grows)
{
	struct vm_area_struct *anon_dup = NULL;
	struct vm_area_struct *next = vma_next(vmi);

	if (!next)
		return 0;
	if (grows)
		vma_start_write(anon_dup); /* expect: error VMA_LOCK_NULL anon_dup (merge) */
	return copy_anon(vma, next, &anon_dup);
}

static void adjust(struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *adjusted;

	vma_start_write(adjusted); /* expect: error VMA_LOCK_NULL adjusted (adjust) */
	adjusted = vma_next(vmi);
	if (adjusted)
		vma_set_range(adjusted, adjusted->vm_start, end, adjusted->vm_pgoff);
}
