/* SPDX-License-Identifier: MIT */
/* A function like any other. */
#include "vma.h"

struct file_operations {
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	int (*release)(struct file *file);
};

static int sample_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_pgoff = 0; /* expect: error VMA_FIELD_UNLOCKED vma (sample_mmap) */
	return 0;
}
