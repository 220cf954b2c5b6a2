/* SPDX-License-Identifier: MIT */
/*
 * What the samples in this folder share: the types, the VMA lock and the protocol of Linux 6.6,
 * reduced to the least. vma_prepare() locks no VMA; entering the tree asserts nothing.
 */
#ifndef SAMPLES_VMA_H
#define SAMPLES_VMA_H

#define NULL		((void *)0)
typedef _Bool bool;
#define true		1
#define false		0

typedef unsigned long pgoff_t;
typedef unsigned int gfp_t;
#define GFP_KERNEL	0xcc0u

#define EINTR		4
#define EAGAIN		11
#define ENOMEM		12
#define PAGE_SHIFT	12

#define VM_LOCKED	0x0010ul
#define VM_SOFTDIRTY	0x8000ul

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)

int kconfig_enabled(const char *option);
#define IS_ENABLED(option)	kconfig_enabled(#option)

void __bug(const char *condition) __attribute__((noreturn));
void __warn(const char *condition);
#define BUG_ON(condition)	do { if (condition) __bug(#condition); } while (0)
#define VM_BUG_ON(condition)	BUG_ON(condition)
#define WARN_ON(condition) ({			\
	bool __warned = !!(condition);		\
	if (__warned)				\
		__warn(#condition);		\
	__warned;				\
})
#define VM_WARN_ON(condition)	((void)WARN_ON(condition))

void *memset(void *start, int byte, unsigned long size);
int printk(const char *format, ...);

struct anon_vma;
struct maple_tree;
struct numab_state;

struct rw_semaphore {
	long count;
};

struct address_space {
	struct rw_semaphore i_mmap_rwsem;
};

struct file {
	struct address_space *f_mapping;
};

struct mm_struct {
	struct maple_tree *mm_mt;
	struct rw_semaphore mmap_lock;
	int mm_lock_seq;
	int map_count;
};

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	struct mm_struct *vm_mm;
	union {
		const unsigned long vm_flags;
		unsigned long __vm_flags;
	};
	int vm_lock_seq;
	bool detached;
	struct anon_vma *anon_vma;
	pgoff_t vm_pgoff;
	struct file *vm_file;
	void *vm_private_data;
	struct numab_state *numab_state;
};

struct ma_state {
	struct maple_tree *tree;
	unsigned long index;
	unsigned long last;
};

struct vma_iterator {
	struct ma_state mas;
};

#define VMA_ITERATOR(name, __mm, __addr)				\
	struct vma_iterator name = {					\
		.mas = { .tree = (__mm)->mm_mt, .index = (__addr) },	\
	}

struct vma_prepare {
	struct vm_area_struct *vma;
	struct vm_area_struct *adj_next;
	struct vm_area_struct *insert;
	struct vm_area_struct *remove;
	struct vm_area_struct *remove2;
	struct anon_vma *anon_vma;
};

void down_write(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
void downgrade_write(struct rw_semaphore *sem);

#ifdef CONFIG_PER_VMA_LOCK
void wait_for_readers(struct vm_area_struct *vma);
int wait_for_readers_killable(struct vm_area_struct *vma);

static inline bool __is_vma_write_locked(struct vm_area_struct *vma)
{
	return vma->vm_lock_seq == vma->vm_mm->mm_lock_seq;
}

static inline void vma_start_write(struct vm_area_struct *vma)
{
	if (__is_vma_write_locked(vma))
		return;
	wait_for_readers(vma);
	vma->vm_lock_seq = vma->vm_mm->mm_lock_seq;
}

/* 0, or -EINTR and no lock. */
static inline int vma_start_write_killable(struct vm_area_struct *vma)
{
	if (__is_vma_write_locked(vma))
		return 0;
	if (wait_for_readers_killable(vma))
		return -EINTR;
	vma->vm_lock_seq = vma->vm_mm->mm_lock_seq;
	return 0;
}

static inline void vma_assert_write_locked(struct vm_area_struct *vma)
{
	VM_BUG_ON(!__is_vma_write_locked(vma));
}

/* Content with a reader's lock. */
static inline void vma_assert_locked(struct vm_area_struct *vma)
{
	VM_BUG_ON(vma->detached);
}

static inline void vma_mark_detached(struct vm_area_struct *vma, bool detached)
{
	if (detached)
		vma_assert_write_locked(vma);
	vma->detached = detached;
}

static inline void vma_end_write_all(struct mm_struct *mm)
{
	mm->mm_lock_seq++;
}
#else
static inline void vma_start_write(struct vm_area_struct *vma) {}
static inline int vma_start_write_killable(struct vm_area_struct *vma) { return 0; }
static inline void vma_assert_write_locked(struct vm_area_struct *vma) {}
static inline void vma_assert_locked(struct vm_area_struct *vma) {}
static inline void vma_mark_detached(struct vm_area_struct *vma, bool detached) {}
static inline void vma_end_write_all(struct mm_struct *mm) {}
#endif

static inline void mmap_write_lock(struct mm_struct *mm)
{
	down_write(&mm->mmap_lock);
}

static inline void mmap_write_unlock(struct mm_struct *mm)
{
	vma_end_write_all(mm);
	up_write(&mm->mmap_lock);
}

static inline void mmap_write_downgrade(struct mm_struct *mm)
{
	vma_end_write_all(mm);
	downgrade_write(&mm->mmap_lock);
}

/* 0, or -EINTR and not held. */
int mmap_write_lock_killable(struct mm_struct *mm);
void mmap_read_lock(struct mm_struct *mm);
bool mmap_read_trylock(struct mm_struct *mm);
void mmap_read_unlock(struct mm_struct *mm);

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

static inline void vma_set_range(struct vm_area_struct *vma, unsigned long start,
				 unsigned long end, pgoff_t pgoff)
{
	vma->vm_pgoff = pgoff;
	vma->vm_start = start;
	vma->vm_end = end;
}

struct vm_area_struct *vm_area_alloc(struct mm_struct *mm);
struct vm_area_struct *vm_area_dup(struct vm_area_struct *orig);
void vm_area_free(struct vm_area_struct *vma);

struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr);
struct vm_area_struct *vma_next(struct vma_iterator *vmi);
struct vm_area_struct *vma_prev(struct vma_iterator *vmi);

#define for_each_vma(__vmi, __vma)	while (((__vma) = vma_next(&(__vmi))) != NULL)

int mas_preallocate(struct ma_state *mas, void *entry, gfp_t gfp);
void mas_store_prealloc(struct ma_state *mas, void *entry);
int mas_store_gfp(struct ma_state *mas, void *entry, gfp_t gfp);

static inline int vma_iter_prealloc(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	return mas_preallocate(&vmi->mas, vma, GFP_KERNEL);
}

static inline void vma_iter_store(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	mas_store_prealloc(&vmi->mas, vma);
}

static inline int vma_iter_store_gfp(struct vma_iterator *vmi, struct vm_area_struct *vma,
				     gfp_t gfp)
{
	return mas_store_gfp(&vmi->mas, vma, gfp);
}

void i_mmap_lock_write(struct address_space *mapping);
int i_mmap_trylock_write(struct address_space *mapping);
void i_mmap_unlock_write(struct address_space *mapping);
void anon_vma_lock_write(struct anon_vma *anon_vma);
void anon_vma_unlock_write(struct anon_vma *anon_vma);
int anon_vma_prepare(struct vm_area_struct *vma);

static inline void init_multi_vma_prep(struct vma_prepare *vp, struct vm_area_struct *vma,
				       struct vm_area_struct *adj_next,
				       struct vm_area_struct *remove,
				       struct vm_area_struct *remove2)
{
	memset(vp, 0, sizeof(*vp));
	vp->vma = vma;
	vp->anon_vma = vma->anon_vma;
	vp->adj_next = adj_next;
	vp->remove = remove;
	vp->remove2 = remove2;
}

static inline void init_vma_prep(struct vma_prepare *vp, struct vm_area_struct *vma)
{
	init_multi_vma_prep(vp, vma, NULL, NULL, NULL);
}

static inline void vma_prepare(struct vma_prepare *vp)
{
	if (vp->anon_vma)
		anon_vma_lock_write(vp->anon_vma);
}

static inline void vma_complete(struct vma_prepare *vp, struct vma_iterator *vmi,
				struct mm_struct *mm)
{
	if (vp->insert) {
		vma_iter_store(vmi, vp->insert);
		mm->map_count++;
	}
	if (vp->anon_vma)
		anon_vma_unlock_write(vp->anon_vma);
	while (vp->remove) {
		vma_mark_detached(vp->remove, true);
		vm_area_free(vp->remove);
		mm->map_count--;
		vp->remove = vp->remove2;
		vp->remove2 = NULL;
	}
}

#endif
