/* SPDX-License-Identifier: MIT */
/* What acts may fail first and succeed when it is tried again: the second answer is another one. */
#include "vma.h"

int reserve(struct vma_iterator *vmi, struct vm_area_struct *vma);
void shrink_caches(void);

static int expand(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	if (reserve(vmi, vma)) {
		shrink_caches();
		if (reserve(vmi, vma))
			return -ENOMEM;
	} else {
		vma_start_write(vma);
	}
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (expand) */
	return 0;
}

static int adjust(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	if (vma_iter_prealloc(vmi, vma)) {
		shrink_caches();
		if (vma_iter_prealloc(vmi, vma))
			return -ENOMEM;
	} else {
		vma_start_write(vma);
	}
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED vma (adjust) */
	return 0;
}
