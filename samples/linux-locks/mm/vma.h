/* SPDX-License-Identifier: MIT */
/* The least of the VMA lock, for code whose locks guard what only their authors know. */
#ifndef SAMPLES_LOCKS_VMA_H
#define SAMPLES_LOCKS_VMA_H

#define NULL		((void *)0)
typedef _Bool bool;
#define EINTR		4
#define ENOENT		2

struct mm_struct {
	int mm_lock_seq;
};

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	struct mm_struct *vm_mm;
	int vm_lock_seq;
	unsigned long age;
};

struct vma_iterator {
	struct mm_struct *mm;
	unsigned long index;
};

#define VMA_ITERATOR(name, __mm, __addr)	\
	struct vma_iterator name = { .mm = (__mm), .index = (__addr) }

#ifdef CONFIG_PER_VMA_LOCK
void wait_for_readers(struct vm_area_struct *vma);
int vma_start_write_killable(struct vm_area_struct *vma);

static inline void vma_start_write(struct vm_area_struct *vma)
{
	wait_for_readers(vma);
	vma->vm_lock_seq = vma->vm_mm->mm_lock_seq;
}

static inline void vma_assert_write_locked(struct vm_area_struct *vma)
{
	if (vma->vm_lock_seq != vma->vm_mm->mm_lock_seq)
		__builtin_trap();
}
#else
static inline void vma_start_write(struct vm_area_struct *vma) {}
static inline void vma_assert_write_locked(struct vm_area_struct *vma) {}
#endif

void mmap_write_lock(struct mm_struct *mm);
void mmap_write_unlock(struct mm_struct *mm);
void mmap_read_lock(struct mm_struct *mm);
void mmap_read_unlock(struct mm_struct *mm);

struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr);
struct vm_area_struct *vma_next(struct vma_iterator *vmi);
#define for_each_vma(__vmi, __vma)	while (((__vma) = vma_next(&(__vmi))) != NULL)

void count_sweep(struct mm_struct *mm);
bool is_worn(struct vm_area_struct *vma);
void sweep_tables(struct vm_area_struct *vma, unsigned long start, unsigned long end);
void sweep_readers(struct vm_area_struct *vma);
struct sweep {
	struct vm_area_struct *vma;
};

int sweep_copy(struct sweep *sweep, struct vm_area_struct **copy);
int sweep_one(struct mm_struct *mm, unsigned long addr, bool deep);

#endif
