/* SPDX-License-Identifier: MIT */
/* What files outside mm/ see: not the container. */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#define NULL ((void *)0)

struct mm_struct {
	int mm_lock_seq;
};

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	unsigned long vm_flags;
	struct mm_struct *vm_mm;
	int vm_lock_seq;
	struct anon_vma *anon_vma;
};

struct vma_iterator;

static inline void vma_start_write(struct vm_area_struct *vma)
{
	vma->vm_lock_seq = vma->vm_mm->mm_lock_seq;
}

void vma_shrink(struct vma_iterator *vmi, struct vm_area_struct *vma);

#endif
