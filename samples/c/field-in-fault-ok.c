/* SPDX-License-Identifier: MIT */
/* Fault handlers that write nothing of the VMA's, and functions that only look like handlers. */
#include "vma.h"

struct vm_fault {
	struct vm_area_struct *vma;
	unsigned long address;
};

struct vm_operations_struct {
	void (*open)(struct vm_area_struct *vma);
	int (*fault)(struct vm_fault *vmf);
	int (*huge_fault)(struct vm_fault *vmf, unsigned int order);
	int (*page_mkwrite)(struct vm_fault *vmf);
};

int insert_page(struct vm_area_struct *vma, unsigned long address);

/* A copy of the VMA is its own. */
static int copied_fault(struct vm_fault *vmf)
{
	struct vm_area_struct copy = *vmf->vma;

	copy.__vm_flags |= VM_LOCKED;
	return insert_page(&copy, vmf->address);
}

/* Members that need no VMA lock. */
static int private_fault(struct vm_fault *vmf)
{
	vmf->vma->vm_private_data = NULL;
	return 0;
}

static const struct vm_operations_struct ops[] = {
	{ .fault = copied_fault },
	{ .fault = private_fault },
};

/* Stored as what a new VMA is opened with: not a fault handler. */
static void opened(struct vm_area_struct *vma)
{
	vma->__vm_flags |= VM_LOCKED; /* assume: (opened) */
}

static const struct vm_operations_struct open_ops = { opened, copied_fault, NULL, NULL };

/* Of the same name in another struct, and handed something else. */
struct request {
	struct vm_area_struct *vma;
};

struct request_ops {
	int (*fault)(struct request *request);
};

static int handle(struct request *request)
{
	vma_start_write(request->vma);
	request->vma->__vm_flags |= VM_LOCKED;
	return 0;
}

static const struct request_ops request_ops = { .fault = handle };

/* Another VMA than the one that faulted, found and locked here. */
static int neighbour_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *next = vma_lookup(vmf->vma->vm_mm, vmf->vma->vm_end);

	if (!next)
		return 0;
	vma_start_write(next);
	next->__vm_flags |= VM_LOCKED;
	return 0;
}

void set_up(struct vm_operations_struct *to)
{
	to->fault = neighbour_fault;
}
