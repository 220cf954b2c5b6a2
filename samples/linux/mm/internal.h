/* SPDX-License-Identifier: MIT */
/* What mm/ shares with itself: the container of a change, and the VMA iterator's writers. */
#ifndef __MM_INTERNAL_H
#define __MM_INTERNAL_H

#include <linux/mm.h>

/* Everything that one change touches. A VMA pointer that is not NULL must be write-locked. */
struct vma_prepare {
	struct vm_area_struct *vma;		/* gets a new range */
	struct vm_area_struct *adj_next;	/* gives to vma, or takes from it */
	struct vm_area_struct *insert;		/* enters the tree */
	struct vm_area_struct *remove;		/* leaves it, and is freed */
	struct vm_area_struct *remove2;

	/* The rmap trees that vma and adj_next are in; NULL where they are in none. */
	struct anon_vma *anon_vma;
	struct file *file;
	struct address_space *mapping;
};

int mas_preallocate(struct ma_state *mas, void *entry, gfp_t gfp);
void mas_store_prealloc(struct ma_state *mas, void *entry);
void mas_destroy(struct ma_state *mas);

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

static inline void vma_iter_free(struct vma_iterator *vmi)
{
	mas_destroy(&vmi->mas);
}

static inline void vma_iter_store(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	vma_iter_config(vmi, vma->vm_start, vma->vm_end);
	mas_store_prealloc(&vmi->mas, vma);
}

static inline int vma_iter_store_gfp(struct vma_iterator *vmi, struct vm_area_struct *vma,
				     gfp_t gfp)
{
	vma_iter_config(vmi, vma->vm_start, vma->vm_end);
	return mas_store_gfp(&vmi->mas, vma, gfp);
}

static inline void vma_iter_clear(struct vma_iterator *vmi)
{
	mas_store_prealloc(&vmi->mas, NULL);
}

void i_mmap_lock_write(struct address_space *mapping);
void i_mmap_unlock_write(struct address_space *mapping);
void anon_vma_lock_write(struct anon_vma *anon_vma);
void anon_vma_unlock_write(struct anon_vma *anon_vma);

void vma_interval_tree_insert(struct vm_area_struct *vma, struct address_space *mapping);
void vma_interval_tree_remove(struct vm_area_struct *vma, struct address_space *mapping);
void anon_vma_interval_tree_insert(struct vm_area_struct *vma, struct anon_vma *anon_vma);
void anon_vma_interval_tree_remove(struct vm_area_struct *vma, struct anon_vma *anon_vma);

int anon_vma_clone(struct vm_area_struct *dst, struct vm_area_struct *src);
int anon_vma_prepare(struct vm_area_struct *vma);

#endif
