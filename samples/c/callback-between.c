/* SPDX-License-Identifier: MIT */
/* A driver's callback locks nothing. */
#include "vma.h"

struct hooks {
	void (*open)(struct vm_area_struct *vma);
};

static void cut(struct vma_iterator *vmi, struct vm_area_struct *vma, struct hooks *hooks)
{
	struct vma_prepare vp;

	if (hooks && hooks->open)
		hooks->open(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (cut) */
}
