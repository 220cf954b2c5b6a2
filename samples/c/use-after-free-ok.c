/* SPDX-License-Identifier: MIT */
/* What is freed is not used again: it was read before, is another one by then, or nothing shows that both happen. */
#include "vma.h"

int remember(struct vm_area_struct *vma);

/* What is needed is taken first. */
static unsigned long counted(struct mm_struct *mm, struct vm_area_struct *orig)
{
	struct vm_area_struct *new = vm_area_dup(orig);
	unsigned long pages;

	if (!new)
		return 0;
	pages = (new->vm_end - new->vm_start) >> PAGE_SHIFT;
	vm_area_free(new);
	return pages;
}

/* The variable holds another VMA after that. */
static void one_after_the_other(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	while (vma) {
		struct vm_area_struct *gone = vma;

		vma = vma_next(vmi);
		vma_start_write(gone);
		vma_mark_detached(gone, true);
		vm_area_free(gone);
	}
}

/* Freed on failure, used on success: the two conditions belong together. */
static int on_failure(struct vm_area_struct *orig)
{
	struct vm_area_struct *new = vm_area_dup(orig);
	int failed;

	if (!new)
		return -ENOMEM;
	failed = remember(new);
	if (failed)
		vm_area_free(new);
	printk("done\n");
	if (!failed)
		new->vm_end = orig->vm_end;
	return failed;
}

/* Whether both conditions can hold is not known here. */
static void two_conditions(struct vm_area_struct *orig, int drop, int keep)
{
	struct vm_area_struct *new = vm_area_dup(orig);

	if (!new)
		return;
	if (drop)
		vm_area_free(new);
	if (keep)
		new->vm_end = orig->vm_end;
}

/* What the commit frees is the neighbour, not what is used. */
static void after_the_commit(struct vma_iterator *vmi, struct vm_area_struct *vma,
			     struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write(next);
	init_multi_vma_prep(&vp, vma, NULL, next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	vma_set_range(vma, vma->vm_start, vma->vm_end, vma->vm_pgoff);
}
