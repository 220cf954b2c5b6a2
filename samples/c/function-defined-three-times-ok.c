/* SPDX-License-Identifier: MIT */
/* A function is defined once for each of three configurations, and each locks. */
#include "vma.h"

#ifdef CONFIG_NUMA
static void shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
#elif defined(CONFIG_KSM)
static void shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
}
#else
static void shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
#endif
