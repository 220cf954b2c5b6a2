/* SPDX-License-Identifier: MIT */
/*
 * How mm/mmap.c of Linux 6.6 and later changes VMAs, in miniature. Written for vmalint's samples:
 * the names are the kernel's, the text is our own.
 *
 * Every change goes the same four steps:
 *
 *	vma_start_write(...)		for every VMA that the change touches
 *	init_vma_prep(&vp, ...)		says which ones these are
 *	vma_prepare(&vp)		takes them out of the rmap trees, behind the rmap locks
 *	vma_complete(&vp, ...)		puts them back, enters and removes VMAs, drops the locks
 *
 * Between the last two the ranges are written. vma_prepare() locks no VMA: this is the caller's
 * part, and it comes first, because VMA locks are taken before rmap locks.
 */
#include <linux/mm.h>
#include "internal.h"

/*
 * Says what a change touches. Any of the last three may be NULL; vp->insert is set by hand, by
 * the only function that needs it.
 */
static void init_multi_vma_prep(struct vma_prepare *vp, struct vm_area_struct *vma,
				struct vm_area_struct *adj_next, struct vm_area_struct *remove,
				struct vm_area_struct *remove2)
{
	struct vm_area_struct *faulted = vma->anon_vma ? vma : adj_next;

	memset(vp, 0, sizeof(*vp));
	vp->vma = vma;
	vp->adj_next = adj_next;
	vp->remove = remove;
	vp->remove2 = remove2;

	if (faulted)
		vp->anon_vma = faulted->anon_vma;
	if (vma->vm_file) {
		vp->file = vma->vm_file;
		vp->mapping = vp->file->f_mapping;
	}
}

static void init_vma_prep(struct vma_prepare *vp, struct vm_area_struct *vma)
{
	init_multi_vma_prep(vp, vma, NULL, NULL, NULL);
}

/* Takes the VMAs whose range will change out of the rmap trees. */
static void vma_prepare(struct vma_prepare *vp)
{
	if (vp->mapping) {
		i_mmap_lock_write(vp->mapping);
		vma_interval_tree_remove(vp->vma, vp->mapping);
		if (vp->adj_next)
			vma_interval_tree_remove(vp->adj_next, vp->mapping);
	}

	if (vp->anon_vma) {
		anon_vma_lock_write(vp->anon_vma);
		anon_vma_interval_tree_remove(vp->vma, vp->anon_vma);
		if (vp->adj_next)
			anon_vma_interval_tree_remove(vp->adj_next, vp->anon_vma);
	}
}

/* Makes the change visible: what vma_prepare() took out goes back, VMAs come and go. */
static void vma_complete(struct vma_prepare *vp, struct vma_iterator *vmi, struct mm_struct *mm)
{
	struct vm_area_struct *gone[2] = { vp->remove, vp->remove2 };

	if (vp->insert) {
		vma_iter_store(vmi, vp->insert);
		mm->map_count++;
	}

	if (vp->anon_vma) {
		anon_vma_interval_tree_insert(vp->vma, vp->anon_vma);
		if (vp->adj_next)
			anon_vma_interval_tree_insert(vp->adj_next, vp->anon_vma);
		anon_vma_unlock_write(vp->anon_vma);
	}

	if (vp->mapping) {
		vma_interval_tree_insert(vp->vma, vp->mapping);
		if (vp->adj_next)
			vma_interval_tree_insert(vp->adj_next, vp->mapping);
		i_mmap_unlock_write(vp->mapping);
	}

	for (int i = 0; i < 2; i++) {
		if (!gone[i])
			continue;
		vma_mark_detached(gone[i], true);
		mm->map_count--;
		vm_area_free(gone[i]);
	}
}

/*
 * @dst grows over pages of @src: it needs the anon_vma of those. @dst is written and must be
 * locked; @src is only read. Only a VMA without an anon_vma of its own is written at all.
 */
static int dup_anon_vma(struct vm_area_struct *dst, struct vm_area_struct *src)
{
	int err = 0;

	if (!dst->anon_vma && src->anon_vma) {
		vma_assert_write_locked(dst);
		err = anon_vma_clone(dst, src);
		if (!err)
			dst->anon_vma = src->anon_vma;
	}
	return err;
}

/* Grows @vma to @start..@end. Where that covers the whole of @next, @next is removed. */
int vma_expand(struct vma_iterator *vmi, struct vm_area_struct *vma, struct vm_area_struct *next,
	       unsigned long start, unsigned long end, pgoff_t pgoff)
{
	struct vma_prepare vp;
	bool remove_next = false;

	vma_start_write(vma);
	if (next && next != vma && next->vm_end == end) {
		int err;

		remove_next = true;
		vma_start_write(next);
		err = dup_anon_vma(vma, next);
		if (err)
			return err;
	}

	vma_iter_config(vmi, start, end);
	if (vma_iter_prealloc(vmi, vma))
		return -ENOMEM;

	init_multi_vma_prep(&vp, vma, NULL, remove_next ? next : NULL, NULL);
	vma_prepare(&vp);
	vma->vm_pgoff = pgoff;
	vma->vm_start = start;
	vma->vm_end = end;
	vma_iter_store(vmi, vma);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}

/* Cuts @vma down to @start..@end; one of the two is where it was. */
int vma_shrink(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long start,
	       unsigned long end, pgoff_t pgoff)
{
	bool cut_head = start > vma->vm_start;
	struct vma_prepare vp;

	WARN_ON(cut_head && end != vma->vm_end);

	vma_iter_config(vmi, cut_head ? vma->vm_start : end, cut_head ? start : vma->vm_end);
	if (vma_iter_prealloc(vmi, NULL))
		return -ENOMEM;

	vma_start_write(vma);

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_iter_clear(vmi);
	vma->vm_pgoff = pgoff;
	vma->vm_start = start;
	vma->vm_end = end;
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}

/* May @vma take in pages that have these flags and lie at this offset? */
static bool can_take(struct vm_area_struct *vma, unsigned long flags, pgoff_t pgoff)
{
	return !((vma->vm_flags ^ flags) & ~VM_SOFTDIRTY) &&
	       (!vma->vm_file || vma->vm_pgoff == pgoff);
}

/*
 * Tries to serve addr..end by VMAs that are there. P is @prev, N the VMA at @end, C is what lies
 * in the range already (there may be none); the stars are the range.
 *
 *	      before	after			      before	after
 *	1    PP**NN	PPPPPP	N goes		5    PPCCCC	PPPPCC	C gives to P
 *	2    PP**..	PPPP			6    PPCCNN	PPPPPP	C and N go
 *	3    ..**NN	..NNNN			7    PPCC..	PPPP	C goes
 *	4    PPPPNN	PPNNNN	P gives to N	8    ..CCNN	..NNNN	C goes
 *
 * Returns the VMA that serves the range now, or NULL where nothing was changed.
 */
struct vm_area_struct *vma_merge(struct vma_iterator *vmi, struct mm_struct *mm,
				 struct vm_area_struct *prev, unsigned long addr,
				 unsigned long end, unsigned long flags, pgoff_t pgoff)
{
	struct vm_area_struct *curr, *next, *vma, *result;
	struct vm_area_struct *adjust = NULL, *remove = NULL, *remove2 = NULL;
	unsigned long vma_start = addr, vma_end = end, border = 0;
	pgoff_t vma_pgoff = pgoff;
	bool merge_prev, merge_next;
	struct vma_prepare vp;
	int err = 0;

	if (flags & VM_SPECIAL)
		return NULL;

	curr = find_vma_intersection(mm, prev ? prev->vm_end : 0, end);
	if (curr && curr->vm_end != end)
		next = NULL;
	else
		next = vma_lookup(mm, end);

	merge_prev = prev && prev->vm_end == addr && can_take(prev, flags, pgoff);
	merge_next = next && can_take(next, flags, pgoff + ((end - addr) >> PAGE_SHIFT));
	if (!merge_prev && !merge_next)
		return NULL;

	if (prev) {
		vma_start = prev->vm_start;
		vma_pgoff = prev->vm_pgoff;
	}
	if (merge_prev)
		vma_start_write(prev);
	vma = result = prev;

	if (merge_prev && merge_next) {
		vma_start_write(next);
		vma_end = next->vm_end;
		remove = next;				/* case 1 */
		err = dup_anon_vma(prev, next);
		if (curr) {				/* case 6 */
			vma_start_write(curr);
			remove = curr;
			remove2 = next;
			if (!err)
				err = dup_anon_vma(prev, curr);
		}
	} else if (merge_prev && curr) {
		vma_start_write(curr);
		err = dup_anon_vma(prev, curr);
		if (end < curr->vm_end) {		/* case 5 */
			adjust = curr;
			border = end;
		} else {				/* case 7 */
			remove = curr;
		}
	} else if (!merge_prev) {
		vma_start_write(next);
		result = next;
		if (prev && addr < prev->vm_end) {	/* case 4 */
			vma_start_write(prev);
			vma_end = addr;
			adjust = next;
			border = addr;
			err = dup_anon_vma(next, prev);
		} else {				/* case 3 */
			vma = next;
			vma_start = addr;
			vma_end = next->vm_end;
			vma_pgoff = pgoff;
			if (curr) {			/* case 8 */
				vma_start_write(curr);
				remove = curr;
				err = dup_anon_vma(next, curr);
			}
		}
	}
	/* What is left is case 2: prev grows over nothing. */

	if (err)
		return NULL;

	vma_iter_config(vmi, vma_start, vma_end);
	if (vma_iter_prealloc(vmi, vma))
		return NULL;

	init_multi_vma_prep(&vp, vma, adjust, remove, remove2);
	vma_prepare(&vp);
	vma->vm_pgoff = vma_pgoff;
	vma->vm_start = vma_start;
	vma->vm_end = vma_end;
	if (adjust) {
		adjust->vm_pgoff += (border - adjust->vm_start) >> PAGE_SHIFT;
		adjust->vm_start = border;
	}
	vma_iter_store(vmi, result);
	vma_complete(&vp, vmi, mm);
	return result;
}

/* Splits @vma at @addr; a new VMA takes the part below, or the part above. */
static int __split_vma(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long addr,
		       int new_below)
{
	struct vma_prepare vp;
	struct vm_area_struct *new;
	pgoff_t below = (addr - vma->vm_start) >> PAGE_SHIFT;
	int err = -ENOMEM;

	new = vm_area_dup(vma);
	if (!new)
		return -ENOMEM;
	if (!new_below) {
		new->vm_pgoff += below;
		new->vm_start = addr;
	} else {
		new->vm_end = addr;
	}

	vma_iter_config(vmi, new->vm_start, new->vm_end);
	if (vma_iter_prealloc(vmi, new))
		goto free_new;
	err = anon_vma_clone(new, vma);
	if (err)
		goto free_iterator;

	vma_start_write(vma);
	vma_start_write(new);

	init_vma_prep(&vp, vma);
	vp.insert = new;
	vma_prepare(&vp);
	if (new_below) {
		vma->vm_start = addr;
		vma->vm_pgoff += below;
	} else {
		vma->vm_end = addr;
	}
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;

free_iterator:
	vma_iter_free(vmi);
free_new:
	vm_area_free(new);
	return err;
}

int split_vma(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long addr,
	      int new_below)
{
	if (addr <= vma->vm_start || addr >= vma->vm_end)
		return 0;
	return __split_vma(vmi, vma, addr, new_below);
}

/* Enters a VMA that nobody else knows yet. */
static int vma_link(struct mm_struct *mm, struct vm_area_struct *vma)
{
	VMA_ITERATOR(vmi, mm, vma->vm_start);
	int err;

	vma_iter_config(&vmi, vma->vm_start, vma->vm_end);
	err = vma_iter_prealloc(&vmi, vma);
	if (err)
		return err;

	vma_start_write(vma);

	vma_iter_store(&vmi, vma);
	if (vma->vm_file) {
		i_mmap_lock_write(vma->vm_file->f_mapping);
		vma_interval_tree_insert(vma, vma->vm_file->f_mapping);
		i_mmap_unlock_write(vma->vm_file->f_mapping);
	}
	mm->map_count++;
	return 0;
}

int insert_vm_struct(struct mm_struct *mm, struct vm_area_struct *vma)
{
	if (find_vma_intersection(mm, vma->vm_start, vma->vm_end))
		return -ENOMEM;
	if (!vma->vm_file)
		vma->vm_pgoff = vma->vm_start >> PAGE_SHIFT;
	return vma_link(mm, vma);
}

/* Adds @len bytes of anonymous memory at @addr: to @vma if it ends there, else by a new VMA. */
static int do_brk_flags(struct vma_iterator *vmi, struct mm_struct *mm,
			struct vm_area_struct *vma, unsigned long addr, unsigned long len,
			unsigned long flags)
{
	struct vma_prepare vp;

	if (vma && vma->vm_end == addr && can_take(vma, flags, addr >> PAGE_SHIFT)) {
		vma_iter_config(vmi, vma->vm_start, addr + len);
		if (vma_iter_prealloc(vmi, vma))
			return -ENOMEM;

		vma_start_write(vma);

		init_vma_prep(&vp, vma);
		vma_prepare(&vp);
		vma->vm_end = addr + len;
		vm_flags_set(vma, VM_SOFTDIRTY);
		vma_iter_store(vmi, vma);
		vma_complete(&vp, vmi, mm);
		goto out;
	}

	vma = vm_area_alloc(mm);
	if (!vma)
		return -ENOMEM;
	vma->vm_start = addr;
	vma->vm_end = addr + len;
	vma->vm_pgoff = addr >> PAGE_SHIFT;
	vm_flags_init(vma, flags);
	vma_start_write(vma);
	if (vma_iter_store_gfp(vmi, vma, GFP_KERNEL)) {
		vm_area_free(vma);
		return -ENOMEM;
	}
	mm->map_count++;
out:
	mm->total_vm += len >> PAGE_SHIFT;
	return 0;
}

/* Grows the heap. */
int vm_brk_flags(struct mm_struct *mm, unsigned long addr, unsigned long len, unsigned long flags)
{
	VMA_ITERATOR(vmi, mm, addr);
	int err;

	mmap_write_lock(mm);
	err = do_brk_flags(&vmi, mm, vma_prev(&vmi), addr, len, flags);
	mmap_write_unlock(mm);
	return err;
}

/* Grows a stack towards higher addresses. No vma_complete(): the tree is written directly. */
int expand_upwards(struct vm_area_struct *vma, unsigned long address)
{
	VMA_ITERATOR(vmi, vma->vm_mm, vma->vm_start);

	if (!(vma->vm_flags & VM_GROWSUP))
		return -EFAULT;
	vma_iter_config(&vmi, vma->vm_start, address);
	if (vma_iter_prealloc(&vmi, vma) || anon_vma_prepare(vma))
		return -ENOMEM;

	vma_start_write(vma);
	anon_vma_lock_write(vma->anon_vma);
	if (address > vma->vm_end) {
		vma->vm_end = address;
		vma_iter_store(&vmi, vma);
	}
	anon_vma_unlock_write(vma->anon_vma);
	return 0;
}

/* The same, towards lower addresses. */
int expand_downwards(struct vm_area_struct *vma, unsigned long address)
{
	VMA_ITERATOR(vmi, vma->vm_mm, address);

	if (!(vma->vm_flags & VM_GROWSDOWN))
		return -EFAULT;
	vma_iter_config(&vmi, address, vma->vm_end);
	if (vma_iter_prealloc(&vmi, vma) || anon_vma_prepare(vma))
		return -ENOMEM;

	vma_start_write(vma);
	anon_vma_lock_write(vma->anon_vma);
	if (address < vma->vm_start) {
		vma->vm_pgoff -= (vma->vm_start - address) >> PAGE_SHIFT;
		vma->vm_start = address;
		vma_iter_store(&vmi, vma);
	}
	anon_vma_unlock_write(vma->anon_vma);
	return 0;
}

/* Takes all VMAs of start..end out of the tree; they are freed when the faults have left. */
int do_vmi_align_munmap(struct vma_iterator *vmi, struct mm_struct *mm,
			struct ma_state *detached, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma;
	int err;

	for_each_vma(*vmi, vma) {
		if (vma->vm_start >= end)
			break;
		if (vma->vm_start < start) {
			err = __split_vma(vmi, vma, start, 1);
			if (err)
				return err;
		}
		if (vma->vm_end > end) {
			err = __split_vma(vmi, vma, end, 0);
			if (err)
				return err;
		}
		vma_start_write(vma);
		err = mas_store_gfp(detached, vma, GFP_KERNEL);
		if (err)
			return err;
		vma_mark_detached(vma, true);
		mm->map_count--;
	}
	vma_iter_clear(vmi);
	return 0;
}
