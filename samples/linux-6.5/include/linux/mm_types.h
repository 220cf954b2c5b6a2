/* SPDX-License-Identifier: MIT */
/*
 * The types of VMA locking, reduced to what the protocol needs. Written for vmalint's samples:
 * names as in Linux, text our own.
 */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/types.h>

struct anon_vma;
struct maple_tree;

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
	int mm_lock_seq;	/* moves on when the mmap lock's writer leaves */
	int map_count;
	unsigned long total_vm;
};

struct vma_lock {
	struct rw_semaphore lock;
};

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;	/* first address behind the area */
	struct mm_struct *vm_mm;
	union {
		const unsigned long vm_flags;
		unsigned long __vm_flags;
	};
#ifdef CONFIG_PER_VMA_LOCK
	/* Write-locked while this equals vm_mm->mm_lock_seq. */
	int vm_lock_seq;
	struct vma_lock *vm_lock;
	bool detached;
#endif
	struct anon_vma *anon_vma;
	unsigned long vm_pgoff;	/* offset in vm_file, in pages */
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

#define VMA_ITERATOR(name, __mm, __addr)				\
	struct vma_iterator name = {					\
		.mas = { .tree = (__mm)->mm_mt, .index = (__addr) },	\
	}

#endif
