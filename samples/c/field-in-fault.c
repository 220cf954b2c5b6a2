/* SPDX-License-Identifier: MIT */
/*
 * Page fault handlers that write protected fields: stored by a designated initialiser, by a
 * positional one, by an assignment; the last writes through a helper.
 */
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

static int frame_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;

	vma->__vm_flags |= VM_LOCKED; /* expect: error VMA_FIELD_IN_FAULT vma (frame_fault) */
	return 0;
}

static const struct vm_operations_struct frame_ops = {
	.open = NULL,
	.fault = frame_fault,
};

static int huge_frame_fault(struct vm_fault *vmf, unsigned int order)
{
	vmf->vma->vm_pgoff = order; /* expect: error VMA_FIELD_IN_FAULT vmf->vma (huge_frame_fault) */
	return 0;
}

static const struct vm_operations_struct frame_list[] = {
	{ NULL, NULL, huge_frame_fault, NULL },
};

static void mark(struct vm_area_struct *vma)
{
	vma->__vm_flags |= VM_SOFTDIRTY;
}

static int frame_mkwrite(struct vm_fault *vmf)
{
	mark(vmf->vma); /* expect: error VMA_FIELD_IN_FAULT vmf->vma (frame_mkwrite) */
	return 0;
}

void set_up(struct vm_operations_struct *ops)
{
	ops->page_mkwrite = frame_mkwrite;
}
