/* SPDX-License-Identifier: MIT */
/* The VMA lock comes first; what the rmap lock guards follows. */
#include "vma.h"

static int map_file(struct vma_iterator *vmi, struct mm_struct *mm, struct file *file)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return -ENOMEM;
	vma_start_write(vma);
	i_mmap_lock_write(file->f_mapping);
	vma_iter_store(vmi, vma);
	i_mmap_unlock_write(file->f_mapping);
	return 0;
}
