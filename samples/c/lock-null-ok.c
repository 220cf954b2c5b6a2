/* SPDX-License-Identifier: MIT */
/* Pointers that are NULL on some path only, or that others set: nothing shows that the lock is of nothing. */
#include "vma.h"

static int copy_anon(struct vm_area_struct *dst, struct vm_area_struct *src,
		     struct vm_area_struct **dup)
{
	dst->anon_vma = src->anon_vma;
	*dup = dst;
	return 0;
}

/* Set by a callee, through its address. */
static int merge(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vm_area_struct *anon_dup = NULL;
	struct vm_area_struct *next = vma_next(vmi);

	if (!next)
		return 0;
	copy_anon(vma, next, &anon_dup);
	vma_start_write(anon_dup);
	return 0;
}

/* What finds it and what locks it hang on two conditions, which the caller may keep together. */
static void adjust(struct vma_iterator *vmi, int find, int lock)
{
	struct vm_area_struct *adjusted = NULL;

	if (find)
		adjusted = vma_next(vmi);
	if (lock)
		vma_start_write(adjusted);
}

/* Found in the first turn of a loop, locked in the second. */
static void last_but_one(struct vma_iterator *vmi)
{
	struct vm_area_struct *before = NULL;
	struct vm_area_struct *vma;
	int turn = 0;

	while ((vma = vma_next(vmi)) != NULL) {
		if (turn++)
			vma_start_write(before);
		before = vma;
	}
}

int find_into(struct vm_area_struct **found);

/* Set where nobody sees it. */
static int elsewhere(void)
{
	struct vm_area_struct *found;
	int err = find_into(&found);

	if (err)
		return err;
	vma_start_write(found);
	return 0;
}
