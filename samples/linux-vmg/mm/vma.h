/* SPDX-License-Identifier: MIT */
/* The state of a merge, which is handed through all of it, and the container it ends in. */
#ifndef __MM_VMA_H
#define __MM_VMA_H

#include <linux/mm.h>

struct vma_prepare {
	struct vm_area_struct *vma;
	struct vm_area_struct *adj_next;
	struct vm_area_struct *insert;
	struct vm_area_struct *remove;
	struct vm_area_struct *remove2;
};

struct vma_merge_struct {
	/* The one that serves the range in the end. */
	struct vm_area_struct *target;
	/* Neighbours in the order of addresses; middle is NULL where a new range is merged. */
	struct vm_area_struct *prev;
	struct vm_area_struct *middle;
	struct vm_area_struct *next;

	struct vma_iterator *vmi;
	struct mm_struct *mm;
	unsigned long vm_flags;
	pgoff_t pgoff;
	unsigned long start;
	unsigned long end;

	/* The merge's own notes. All are false in a state that VMG_STATE() or its like built. */
	bool __adjust_middle_start : 1;
	bool __adjust_next_start : 1;
	bool __remove_middle : 1;
	bool __remove_next : 1;
};

#define VMG_STATE(vmg_, mm_, vmi_, start_, end_, flags_, pgoff_)		\
	struct vma_merge_struct vmg_ = {				\
		.vmi = (vmi_),						\
		.mm = (mm_),						\
		.vm_flags = (flags_),					\
		.pgoff = (pgoff_),					\
		.start = (start_),					\
		.end = (end_),						\
	}

#define VMG_VMA_STATE(vmg_, vmi_, prev_, vma_, start_, end_)		\
	struct vma_merge_struct vmg_ = {				\
		.prev = (prev_),					\
		.middle = (vma_),					\
		.vmi = (vmi_),						\
		.mm = (vma_)->vm_mm,					\
		.vm_flags = (vma_)->vm_flags,				\
		.pgoff = (vma_)->vm_pgoff + PHYS_PFN((start_) - (vma_)->vm_start), \
		.start = (start_),					\
		.end = (end_),						\
	}

int mas_preallocate(struct ma_state *mas, void *entry, gfp_t gfp);
void mas_store_prealloc(struct ma_state *mas, void *entry);
int mas_store_gfp(struct ma_state *mas, void *entry, gfp_t gfp);
void *mas_find(struct ma_state *mas, unsigned long max);

static inline struct vm_area_struct *vma_next(struct vma_iterator *vmi)
{
	return mas_find(&vmi->mas, ~0ul);
}

static inline void vma_iter_config(struct vma_iterator *vmi, unsigned long start,
				   unsigned long end)
{
	vmi->mas.index = start;
	vmi->mas.last = end - 1;
}

static inline int vma_iter_prealloc(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	return mas_preallocate(&vmi->mas, vma, GFP_KERNEL);
}

static inline void vma_iter_store_overwrite(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct ma_state *mas = &vmi->mas;

	vma_iter_config(vmi, vma->vm_start, vma->vm_end);
	mas_store_prealloc(mas, vma);
}

static inline void vma_iter_store_new(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_mark_attached(vma);
	vma_iter_store_overwrite(vmi, vma);
}

static inline int vma_iter_store_gfp(struct vma_iterator *vmi, struct vm_area_struct *vma,
				     gfp_t gfp)
{
	vma_iter_config(vmi, vma->vm_start, vma->vm_end);
	if (mas_store_gfp(&vmi->mas, vma, gfp))
		return -ENOMEM;
	vma_mark_attached(vma);
	return 0;
}

static inline void vma_set_range(struct vm_area_struct *vma, unsigned long start,
				 unsigned long end, pgoff_t pgoff)
{
	vma->vm_pgoff = pgoff;
	vma->vm_start = start;
	vma->vm_end = end;
}

void lock_rmap(struct vma_prepare *vp);
void unlock_rmap(struct vma_prepare *vp);
int anon_vma_clone(struct vm_area_struct *dst, struct vm_area_struct *src);

int vma_expand(struct vma_merge_struct *vmg);
struct vm_area_struct *vma_merge_new_range(struct vma_merge_struct *vmg);

#endif
