/* SPDX-License-Identifier: MIT */
/* Members are assigned after vma_prepare(): to another VMA, which is locked, and to NULL. */
#include "vma.h"

static void replaced(struct vma_iterator *vmi, struct vm_area_struct *vma,
		     struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write(next);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vp.remove = next; /* expect: warning VMA_PREPARE_MUTATED next (replaced) */
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void cleared(struct vma_iterator *vmi, struct vm_area_struct *vma,
		    struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write(next);
	init_multi_vma_prep(&vp, vma, next, NULL, NULL);
	vma_prepare(&vp);
	vp.adj_next = NULL; /* expect: warning VMA_PREPARE_MUTATED vp.adj_next (cleared) */
	vma_complete(&vp, vmi, vma->vm_mm);
}
