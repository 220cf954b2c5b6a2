/* SPDX-License-Identifier: MIT */
/* There is a lock whether the option is on or off. */
#include "vma.h"

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

#ifdef CONFIG_USERFAULTFD
	vma_start_write(vma);
#else
	vm_flags_clear(vma, VM_LOCKED);
#endif
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}
