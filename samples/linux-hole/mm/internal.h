/* SPDX-License-Identifier: MIT */
/* The least that a change of VMAs needs, for a tree of two files. */
#ifndef __MM_INTERNAL_H
#define __MM_INTERNAL_H

#define NULL ((void *)0)
#define ENOMEM 12

struct anon_vma;

struct mm_struct {
	int mm_lock_seq;
	int map_count;
};

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	struct mm_struct *vm_mm;
	int vm_lock_seq;
	struct anon_vma *anon_vma;
};

struct vma_iterator {
	unsigned long index;
};

struct vma_prepare {
	struct vm_area_struct *vma;
	struct vm_area_struct *adj_next;
	struct vm_area_struct *insert;
	struct vm_area_struct *remove;
	struct vm_area_struct *remove2;
};

void wait_for_readers(struct vm_area_struct *vma);
void lock_rmap(struct anon_vma *anon_vma);
void unlock_rmap(struct anon_vma *anon_vma);

int vma_iter_prealloc(struct vma_iterator *vmi, struct vm_area_struct *vma);
void vma_iter_store(struct vma_iterator *vmi, struct vm_area_struct *vma);
void vma_mark_detached(struct vm_area_struct *vma);
void vm_area_free(struct vm_area_struct *vma);

static inline void vma_start_write(struct vm_area_struct *vma)
{
	if (vma->vm_lock_seq == vma->vm_mm->mm_lock_seq)
		return;
	wait_for_readers(vma);
	vma->vm_lock_seq = vma->vm_mm->mm_lock_seq;
}

#endif
