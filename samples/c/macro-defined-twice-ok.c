/* SPDX-License-Identifier: MIT */
/* A macro has a definition for each side of a configuration symbol, and both lock. */
#include "vma.h"

#ifdef CONFIG_MEMCG
#define lock_range(vma)	vma_start_write(vma)
#else
#define lock_range(vma)	do { vma_start_write(vma); } while (0)
#endif

static void shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	lock_range(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
