/* SPDX-License-Identifier: MIT */
/* An mmap handler gets a VMA that is not in the tree yet. */
#include "vma.h"

struct file_operations {
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	int (*release)(struct file *file);
};

static int sample_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_pgoff = 0;
	return 0;
}

const struct file_operations sample_fops = {
	.mmap = sample_mmap,
};
