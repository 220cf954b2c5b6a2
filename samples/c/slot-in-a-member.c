/* SPDX-License-Identifier: MIT */
/* Where a VMA is kept is itself kept in a member, or answered by a helper; another VMA goes there. */
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

	vma_start_write(vma);
	request.slot = &vma;
	*request.slot = vma_next(vmi);
	vma->vm_end = end; /* expect: error VMA_FIELD_UNLOCKED vma (in_member) */
}

static void by_helper(struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *vma = vma_next(vmi);
	struct request request = { .slot = &vma };

	vma_start_write(vma);
	advance(&request, vmi);
	vma->vm_end = end; /* expect: error VMA_FIELD_UNLOCKED vma (by_helper) */
}

static void by_helper_elsewhere(struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *vma = vma_next(vmi);
	struct request request = { .slot = &vma };

	vma_start_write(vma);
	advance_elsewhere(&request);
	vma->vm_end = end; /* expect: error VMA_FIELD_UNLOCKED vma (by_helper_elsewhere) */
}

static void from_helper(struct vma_iterator *vmi, struct request *request, unsigned long end)
{
	request->vma = vma_next(vmi);
	vma_start_write(request->vma);
	*slot_of(request) = vma_next(vmi);
	request->vma->vm_end = end; /* expect: error VMA_FIELD_UNLOCKED a VMA (from_helper) */
}
