/* SPDX-License-Identifier: MIT */
/* Written before it goes in, or where that failed, or locked again after the mmap lock was dropped. */
#include "vma.h"

int enter(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	if (vma_iter_prealloc(vmi, vma))
		return -ENOMEM;
	vma_start_write(vma);
	vma_iter_store(vmi, vma);
	return 0;
}

int enter_later(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	return enter(vmi, vma);
}

static int add(struct mm_struct *mm, struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *vma = vm_area_alloc(mm);

	if (!vma)
		return -ENOMEM;
	vma->vm_end = end;
	if (enter_later(vmi, vma)) {
		vma->vm_end = 0;
		vm_area_free(vma);
		return -ENOMEM;
	}
	mmap_write_unlock(mm);
	mmap_write_lock(mm);
	return 0;
}

static int put_back(struct mm_struct *mm, struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return -ENOMEM;
	vma_start_write(vma);
	vma_mark_detached(vma, true);
	vma_mark_detached(vma, false);
	mmap_write_unlock(mm);
	mmap_write_lock(mm);
	vma_start_write(vma);
	vma->vm_end = end;
	return 0;
}

static int store_back(struct mm_struct *mm, struct vma_iterator *vmi, unsigned long end)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (!vma)
		return -ENOMEM;
	vma_start_write(vma);
	vma_mark_detached(vma, true);
	if (enter(vmi, vma))
		return -ENOMEM;
	mmap_write_unlock(mm);
	mmap_write_lock(mm);
	vma_start_write(vma);
	vma->vm_end = end;
	return 0;
}
