/* SPDX-License-Identifier: MIT */
/* A new VMA goes in by a helper, or a detached one goes back; then the mmap lock is dropped. */
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
	if (enter_later(vmi, vma)) {
		vm_area_free(vma);
		return -ENOMEM;
	}
	mmap_write_unlock(mm);
	mmap_write_lock(mm);
	vma->vm_end = end; /* expect: error VMA_FIELD_UNLOCKED vma (add) */
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
	vma->vm_end = end; /* expect: error VMA_FIELD_UNLOCKED vma (put_back) */
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
	vma->vm_end = end; /* expect: error VMA_FIELD_UNLOCKED vma (store_back) */
	return 0;
}
