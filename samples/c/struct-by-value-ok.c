/* SPDX-License-Identifier: MIT */
/* A struct is passed by value, with the VMA that was locked. */
#include "vma.h"

struct pair {
	struct vm_area_struct *vma;
	struct vm_area_struct *next;
};

static void clear(struct pair pair)
{
	pair.next = NULL;
}

static void expand(struct vma_iterator *vmi, struct vm_area_struct *vma,
		   struct vm_area_struct *next)
{
	struct pair pair = { .vma = vma, .next = next };
	struct vma_prepare vp;

	vma_start_write(pair.vma);
	vma_start_write(pair.next);
	clear(pair);
	init_multi_vma_prep(&vp, vma, NULL, pair.next, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
