/* SPDX-License-Identifier: MIT */
/* The same, and what went there is locked; or it went somewhere else. */
#include "vma.h"

struct request {
	struct vm_area_struct **slot;
	struct vm_area_struct *vma;
};

void advance_elsewhere(struct request *request);

static void advance(struct request *request, struct vma_iterator *vmi)
{
	*request->slot = vma_next(vmi);
}

static struct vm_area_struct **slot_of(struct request *request)
{
	return &request->vma;
}

static void in_member(struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *vma = vma_next(vmi);
	struct request request;

	request.slot = &vma;
	*request.slot = vma_next(vmi);
	vma_start_write(vma);
	vma->vm_end = end;
}

static void by_helper(struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *vma = vma_next(vmi);
	struct request request = { .slot = &vma };

	vma_start_write(vma);
	advance(&request, vmi);
	vma_start_write(vma);
	vma->vm_end = end;
}

static void by_helper_elsewhere(struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *vma = vma_next(vmi);
	struct request request = { .slot = &vma };

	request.slot = &request.vma;
	vma_start_write(vma);
	advance_elsewhere(&request);
	vma->vm_end = end;
}

static void from_helper(struct vma_iterator *vmi, struct request *request, unsigned long end)
{
	request->vma = vma_next(vmi);
	*slot_of(request) = vma_next(vmi);
	vma_start_write(request->vma);
	request->vma->vm_end = end;
}
