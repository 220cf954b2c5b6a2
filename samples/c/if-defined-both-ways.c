/* SPDX-License-Identifier: MIT */
/* Two conditions that leave a case between them. */
#include "vma.h"

static void shrink(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

#if defined(CONFIG_MEMCG) && defined(CONFIG_NUMA)
	vma_start_write(vma);
#endif
#if !defined(CONFIG_MEMCG) && !defined(CONFIG_NUMA)
	vma_start_write(vma);
#endif
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (shrink) */
}
