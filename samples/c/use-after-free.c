/* SPDX-License-Identifier: MIT */
/* A VMA is freed and then locked, written, read, handed on, freed again; removed by a commit and then locked. */
#include "vma.h"

static void locked_late(struct vm_area_struct *vma)
{
	vm_area_free(vma);
	vma_start_write(vma); /* expect: error VMA_USE_AFTER_FREE vma (locked_late) */
}

static void written(struct vm_area_struct *vma)
{
	vma_start_write(vma);
	vm_area_free(vma);
	vma->vm_end = 0; /* expect: error VMA_USE_AFTER_FREE vma (written) */
}

static unsigned long counted(struct mm_struct *mm, struct vm_area_struct *orig)
{
	struct vm_area_struct *new = vm_area_dup(orig);
	unsigned long pages;

	if (!new)
		return 0;
	vm_area_free(new);
	pages = (new->vm_end - new->vm_start) >> PAGE_SHIFT; /* expect: error VMA_USE_AFTER_FREE new (counted) */
	return pages;
}

int remember(struct vm_area_struct *vma);

static int handed_on(struct vm_area_struct *orig)
{
	struct vm_area_struct *new = vm_area_dup(orig);

	if (!new)
		return -ENOMEM;
	vm_area_free(new);
	return remember(new); /* expect: error VMA_USE_AFTER_FREE new (handed_on) */
}

static void twice(struct vm_area_struct *orig, int error)
{
	struct vm_area_struct *new = vm_area_dup(orig);

	if (!new)
		return;
	if (error)
		vm_area_free(new);
	vm_area_free(new); /* expect: error VMA_USE_AFTER_FREE new (twice) */
}

static void after_the_commit(struct vma_iterator *vmi, struct vm_area_struct *vma,
			     struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	vma_start_write(next); /* expect: error VMA_USE_AFTER_FREE next (after_the_commit) */
}
