/* SPDX-License-Identifier: MIT */
/* What is allocated is zero, until somebody writes to it. */
#include "vma.h"

struct request {
	struct vm_area_struct *next;
	bool locks_next;
};

void *kzalloc(unsigned long size, gfp_t gfp);

static int grow(struct vma_iterator *vmi, struct vm_area_struct *vma, bool wide)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);
	struct vma_prepare vp;

	if (!request)
		return -ENOMEM;
	if (wide)
		request->next = vma_next(vmi);
	vma_start_write(vma);
	if (request->locks_next)
		vma_start_write(request->next);
	init_multi_vma_prep(&vp, vma, request->next, NULL, NULL);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED request->next (grow) */
	return 0;
}
