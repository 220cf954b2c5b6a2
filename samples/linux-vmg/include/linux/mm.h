/* SPDX-License-Identifier: MIT */
/* VMAs and their lock as of Linux 6.15: entering and leaving the tree assert the lock. */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/types.h>

#define PAGE_SHIFT	12
#define PHYS_PFN(x)	((x) >> PAGE_SHIFT)

#define VM_SPECIAL	0x0400ul
#define VM_SOFTDIRTY	0x8000ul

struct anon_vma;
struct address_space;
struct maple_tree;

struct file {
	struct address_space *f_mapping;
};

struct mm_struct {
	struct maple_tree *mm_mt;
	unsigned int mm_lock_seq;
	int map_count;
};

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	struct mm_struct *vm_mm;
	unsigned long vm_flags;
#ifdef CONFIG_PER_VMA_LOCK
	unsigned int vm_lock_seq;
	int vm_refcnt;		/* 0: detached; above 1: page faults hold it for reading */
#endif
	struct anon_vma *anon_vma;
	unsigned long vm_pgoff;
	struct file *vm_file;
};

struct ma_state {
	struct maple_tree *tree;
	unsigned long index;
	unsigned long last;
};

struct vma_iterator {
	struct ma_state mas;
};

void __bug(const char *condition) __attribute__((noreturn));
#define VM_BUG_ON(condition)	do { if (condition) __bug(#condition); } while (0)

void *memset(void *start, int byte, unsigned long size);

#ifdef CONFIG_PER_VMA_LOCK
void wait_for_readers(struct vm_area_struct *vma);
int wait_for_readers_killable(struct vm_area_struct *vma);

static inline void vma_start_write(struct vm_area_struct *vma)
{
	if (vma->vm_lock_seq == vma->vm_mm->mm_lock_seq)
		return;
	wait_for_readers(vma);
	vma->vm_lock_seq = vma->vm_mm->mm_lock_seq;
}

/* The same for those who may be killed while they wait: 0, or -EINTR and no lock. */
static inline int vma_start_write_killable(struct vm_area_struct *vma)
{
	if (vma->vm_lock_seq == vma->vm_mm->mm_lock_seq)
		return 0;
	if (wait_for_readers_killable(vma))
		return -EINTR;
	vma->vm_lock_seq = vma->vm_mm->mm_lock_seq;
	return 0;
}

static inline void vma_assert_write_locked(struct vm_area_struct *vma)
{
	VM_BUG_ON(vma->vm_lock_seq != vma->vm_mm->mm_lock_seq);
}

static inline void vma_mark_attached(struct vm_area_struct *vma)
{
	vma_assert_write_locked(vma);
	vma->vm_refcnt = 1;
}

static inline void vma_mark_detached(struct vm_area_struct *vma)
{
	vma_assert_write_locked(vma);
	vma->vm_refcnt = 0;
}
#else
static inline void vma_start_write(struct vm_area_struct *vma) {}
static inline int vma_start_write_killable(struct vm_area_struct *vma) { return 0; }
static inline void vma_assert_write_locked(struct vm_area_struct *vma) {}
static inline void vma_mark_attached(struct vm_area_struct *vma) {}
static inline void vma_mark_detached(struct vm_area_struct *vma) {}
#endif

static inline void vm_flags_set(struct vm_area_struct *vma, unsigned long flags)
{
	vma_start_write(vma);
	vma->vm_flags |= flags;
}

struct vm_area_struct *vm_area_alloc(struct mm_struct *mm);
struct vm_area_struct *vm_area_dup(struct vm_area_struct *orig);
void vm_area_free(struct vm_area_struct *vma);

#endif
