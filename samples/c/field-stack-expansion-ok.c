/* SPDX-License-Identifier: MIT */
/* A stack grows: the lock comes first, the write is behind a test. */
#include "vma.h"

static int expand_stack(struct vma_iterator *vmi, struct vm_area_struct *vma,
			unsigned long address)
{
	if (anon_vma_prepare(vma))
		return -ENOMEM;
	vma_start_write(vma);
	anon_vma_lock_write(vma->anon_vma);
	if (address < vma->vm_start) {
		vma->vm_pgoff -= (vma->vm_start - address) >> PAGE_SHIFT;
		vma->vm_start = address;
		vma_iter_store(vmi, vma);
	}
	anon_vma_unlock_write(vma->anon_vma);
	return 0;
}
