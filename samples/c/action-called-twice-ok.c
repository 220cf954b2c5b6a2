/* SPDX-License-Identifier: MIT */
/* What only asks answers the same when it is asked again: a second path needs no lock of its own. */
#include "vma.h"

bool has_room(struct vma_iterator *vmi, struct vm_area_struct *vma);
int compare_room(const struct vma_iterator *vmi, const struct vm_area_struct *vma);
void shrink_caches(void);

static int expand(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	if (!has_room(vmi, vma)) {
		shrink_caches();
		if (!has_room(vmi, vma))
			return -ENOMEM;
	} else {
		vma_start_write(vma);
	}
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}

static int adjust(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	if (compare_room(vmi, vma)) {
		shrink_caches();
		if (compare_room(vmi, vma))
			return -ENOMEM;
	} else {
		vma_start_write(vma);
	}
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}

/* Tried again, and locked on each way. */
static int move(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	if (vma_iter_prealloc(vmi, vma)) {
		shrink_caches();
		if (vma_iter_prealloc(vmi, vma))
			return -ENOMEM;
	}
	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}
