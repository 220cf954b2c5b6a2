/* SPDX-License-Identifier: MIT */
/*
 * The VMA lock and the flags it guards. The lock is a number: a VMA whose vm_lock_seq is its
 * mm's mm_lock_seq is write-locked, until vma_end_write_all() moves the mm's number on.
 */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/mm_types.h>
#include <linux/mmap_lock.h>

#define PAGE_SHIFT	12

#define VM_LOCKED	0x0010ul
#define VM_GROWSDOWN	0x0100ul
#define VM_GROWSUP	0x0200ul
#define VM_SPECIAL	0x0400ul
#define VM_SOFTDIRTY	0x8000ul

#define unlikely(x)	__builtin_expect(!!(x), 0)

void __warn(const char *condition);
void __bug(const char *condition) __attribute__((noreturn));

#define WARN_ON(condition) ({			\
	bool __warned = !!(condition);		\
	if (unlikely(__warned))			\
		__warn(#condition);		\
	__warned;				\
})
#define VM_WARN_ON(condition)	((void)WARN_ON(condition))
#define BUG_ON(condition)	do { if (unlikely(condition)) __bug(#condition); } while (0)
#define VM_BUG_ON(condition)	BUG_ON(condition)

void *memset(void *start, int byte, unsigned long size);

#ifdef CONFIG_PER_VMA_LOCK
static inline bool __is_vma_write_locked(struct vm_area_struct *vma)
{
	return vma->vm_lock_seq == vma->vm_mm->mm_lock_seq;
}

/* Keeps page faults off the VMA until the mmap lock's writer leaves. Twice is as good as once. */
static inline void vma_start_write(struct vm_area_struct *vma)
{
	if (__is_vma_write_locked(vma))
		return;

	/* Waits for the faults under way; later ones see the number and stay out. */
	down_write(&vma->vm_lock->lock);
	vma->vm_lock_seq = vma->vm_mm->mm_lock_seq;
	up_write(&vma->vm_lock->lock);
}

static inline void vma_assert_write_locked(struct vm_area_struct *vma)
{
	VM_BUG_ON(!__is_vma_write_locked(vma));
}

static inline void vma_mark_detached(struct vm_area_struct *vma, bool detached)
{
	/* Coming back needs no lock: nobody can have found it. */
	if (detached)
		vma_assert_write_locked(vma);
	vma->detached = detached;
}
#else
static inline void vma_start_write(struct vm_area_struct *vma) {}
static inline void vma_assert_write_locked(struct vm_area_struct *vma) {}
static inline void vma_mark_detached(struct vm_area_struct *vma, bool detached) {}
#endif

/* For a VMA that nobody else can reach yet. */
static inline void vm_flags_init(struct vm_area_struct *vma, unsigned long flags)
{
	vma->__vm_flags = flags;
}

static inline void vm_flags_set(struct vm_area_struct *vma, unsigned long flags)
{
	vma_start_write(vma);
	vma->__vm_flags |= flags;
}

static inline void vm_flags_clear(struct vm_area_struct *vma, unsigned long flags)
{
	vma_start_write(vma);
	vma->__vm_flags &= ~flags;
}

struct vm_area_struct *vm_area_alloc(struct mm_struct *mm);
struct vm_area_struct *vm_area_dup(struct vm_area_struct *orig);
void vm_area_free(struct vm_area_struct *vma);

struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr);
struct vm_area_struct *find_vma_intersection(struct mm_struct *mm, unsigned long start,
					     unsigned long end);
struct vm_area_struct *vma_next(struct vma_iterator *vmi);
struct vm_area_struct *vma_prev(struct vma_iterator *vmi);

int mas_store_gfp(struct ma_state *mas, void *entry, gfp_t gfp);

static inline int vma_iter_bulk_store(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct ma_state *mas = &vmi->mas;

	mas->last = vma->vm_end - 1;
	mas->index = vma->vm_start;
	return mas_store_gfp(mas, vma, GFP_KERNEL);
}

#define for_each_vma(__vmi, __vma)	while (((__vma) = vma_next(&(__vmi))) != NULL)

int vma_expand(struct vma_iterator *vmi, struct vm_area_struct *vma, struct vm_area_struct *next,
	       unsigned long start, unsigned long end, pgoff_t pgoff);
int vma_shrink(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long start,
	       unsigned long end, pgoff_t pgoff);
struct vm_area_struct *vma_merge(struct vma_iterator *vmi, struct mm_struct *mm,
				 struct vm_area_struct *prev, unsigned long addr,
				 unsigned long end, unsigned long flags, pgoff_t pgoff);
int split_vma(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long addr,
	      int new_below);
int insert_vm_struct(struct mm_struct *mm, struct vm_area_struct *vma);
int expand_upwards(struct vm_area_struct *vma, unsigned long address);
int expand_downwards(struct vm_area_struct *vma, unsigned long address);

#endif
