/* SPDX-License-Identifier: MIT */
/* A function of mm/ that fills a container is declared here. */
#ifndef __MM_INTERNAL_H
#define __MM_INTERNAL_H

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

struct vma_prepare {
	struct vm_area_struct *vma;
	struct vm_area_struct *adj_next;
	struct vm_area_struct *insert;
	struct vm_area_struct *remove;
	struct vm_area_struct *remove2;
};

static inline void vma_start_write(struct vm_area_struct *vma)
{
	vma->vm_lock_seq = vma->vm_mm->mm_lock_seq;
}

struct vm_area_struct *vm_area_alloc(struct mm_struct *mm);
void mas_store_prealloc(void *mas, void *entry);

void init_vma_prep(struct vma_prepare *vp, struct vm_area_struct *vma);
void vma_prepare(struct vma_prepare *vp);
void vma_complete(struct vma_prepare *vp, struct vma_iterator *vmi, struct mm_struct *mm);

#endif
