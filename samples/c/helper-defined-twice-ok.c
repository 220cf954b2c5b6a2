/* SPDX-License-Identifier: MIT */
/* A helper is defined once for each configuration, and locks in both. */
#include "vma.h"

#ifdef CONFIG_NUMA
static void lock_for_policy(struct vm_area_struct *vma)
{
	vma_start_write(vma);
}
#else
static void lock_for_policy(struct vm_area_struct *vma)
{
	vma_start_write(vma);
}
#endif

static void shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	lock_for_policy(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
