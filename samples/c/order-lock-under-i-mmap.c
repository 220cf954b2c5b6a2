/* SPDX-License-Identifier: MIT */
/* The VMA lock is taken with a file's rmap lock held: a page fault nests them the other way. */
#include "vma.h"

static int map_file(struct vma_iterator *vmi, struct mm_struct *mm, struct file *file)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return -ENOMEM;
	i_mmap_lock_write(file->f_mapping);
	vma_start_write(vma); /* expect: error VMA_LOCK_ORDER vma (map_file) */
	vma_iter_store(vmi, vma);
	i_mmap_unlock_write(file->f_mapping);
	return 0;
}
