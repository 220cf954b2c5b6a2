/* SPDX-License-Identifier: MIT */
/*
 * How mm/vma.c of Linux 6.15 and later merges VMAs, in miniature. Written for vmalint's samples:
 * the names are the kernel's, the text is our own.
 *
 * One struct vma_merge_struct goes through a merge, and the functions on its way note in it what
 * is to be done: which VMA is removed, whose start moves. Only at the end, in
 * init_multi_vma_prep(), the notes become members of the container. So the locks stand far from
 * the hand-over, and which of them are needed depends on flags that are false in every state
 * which VMG_STATE() built.
 */
#include "vma.h"

static void init_multi_vma_prep(struct vma_prepare *vp, struct vm_area_struct *vma,
				struct vma_merge_struct *vmg)
{
	struct vm_area_struct **remove = &vp->remove;

	memset(vp, 0, sizeof(*vp));
	vp->vma = vma;
	if (!vmg)
		return;

	if (vmg->__remove_middle) {
		*remove = vmg->middle;
		remove = &vp->remove2;
	}
	if (vmg->__remove_next)
		*remove = vmg->next;

	if (vmg->__adjust_middle_start)
		vp->adj_next = vmg->middle;
	else if (vmg->__adjust_next_start)
		vp->adj_next = vmg->next;
}

/* Takes what gets a new range out of the rmap trees. */
static void vma_prepare(struct vma_prepare *vp)
{
	lock_rmap(vp);
}

/* Enters and removes VMAs, and puts the rest back. */
static void vma_complete(struct vma_prepare *vp, struct vma_iterator *vmi, struct mm_struct *mm)
{
	if (vp->insert) {
		vma_iter_store_new(vmi, vp->insert);
		mm->map_count++;
	}
	unlock_rmap(vp);
	while (vp->remove) {
		vma_mark_detached(vp->remove);
		vm_area_free(vp->remove);
		mm->map_count--;
		vp->remove = vp->remove2;
		vp->remove2 = NULL;
	}
}

static void init_vma_prep(struct vma_prepare *vp, struct vm_area_struct *vma)
{
	init_multi_vma_prep(vp, vma, NULL);
}

/* @dst grows over pages of @src and is written; @src is only read. */
static int dup_anon_vma(struct vm_area_struct *dst, struct vm_area_struct *src)
{
	if (dst->anon_vma || !src->anon_vma)
		return 0;
	vma_assert_write_locked(dst);
	dst->anon_vma = src->anon_vma;
	return anon_vma_clone(dst, src);
}

/* Does what @vmg says. Locks nothing. */
static int commit_merge(struct vma_merge_struct *vmg)
{
	struct vm_area_struct *vma;
	struct vma_prepare vp;

	if (vmg->__adjust_next_start)
		vma = vmg->middle;
	else
		vma = vmg->target;

	init_multi_vma_prep(&vp, vma, vmg);
	vma_iter_config(vmg->vmi, vmg->start, vmg->end);
	if (vma_iter_prealloc(vmg->vmi, vma))
		return -ENOMEM;

	vma_prepare(&vp);
	vma_set_range(vma, vmg->start, vmg->end, vmg->pgoff);
	if (vmg->__adjust_middle_start)
		vmg->middle->vm_start = vmg->end;
	else if (vmg->__adjust_next_start)
		vmg->next->vm_start = vmg->end;
	vma_iter_store_overwrite(vmg->vmi, vmg->target);
	vma_complete(&vp, vmg->vmi, vma->vm_mm);
	return 0;
}

/* Grows vmg->target to the range. Where that covers the whole of vmg->next, next is removed. */
int vma_expand(struct vma_merge_struct *vmg)
{
	struct vm_area_struct *target = vmg->target;
	struct vm_area_struct *next = vmg->next;
	bool remove_next = false;

	vma_start_write(target);
	if (next && next != target && next->vm_end == vmg->end) {
		int err;

		remove_next = true;
		vma_start_write(next);
		err = dup_anon_vma(target, next);
		if (err)
			return err;
	}

	if (remove_next)
		vmg->__remove_next = true;
	return commit_merge(vmg);
}

static bool same_flags(struct vma_merge_struct *vmg, struct vm_area_struct *vma)
{
	return !((vma->vm_flags ^ vmg->vm_flags) & ~VM_SOFTDIRTY);
}

/* Does the range continue prev, in memory and in the file? */
static bool can_vma_merge_left(struct vma_merge_struct *vmg)
{
	struct vm_area_struct *prev = vmg->prev;

	return prev && prev->vm_end == vmg->start && same_flags(vmg, prev) &&
	       prev->vm_pgoff + PHYS_PFN(vmg->start - prev->vm_start) == vmg->pgoff;
}

/* Does next continue the range? */
static bool can_vma_merge_right(struct vma_merge_struct *vmg)
{
	struct vm_area_struct *next = vmg->next;

	return next && next->vm_start == vmg->end && same_flags(vmg, next) &&
	       vmg->pgoff + PHYS_PFN(vmg->end - vmg->start) == next->vm_pgoff;
}

/* Merges a range where nothing is mapped yet. NULL where it cannot be. */
struct vm_area_struct *vma_merge_new_range(struct vma_merge_struct *vmg)
{
	bool merge_left = can_vma_merge_left(vmg);
	bool merge_right = can_vma_merge_right(vmg);

	if (vmg->vm_flags & VM_SPECIAL)
		return NULL;
	if (merge_right) {
		vmg->end = vmg->next->vm_end;
		vmg->target = vmg->next;
	}
	if (merge_left) {
		vmg->start = vmg->prev->vm_start;
		vmg->pgoff = vmg->prev->vm_pgoff;
		vmg->target = vmg->prev;
	}
	if (vmg->target && !vma_expand(vmg))
		return vmg->target;
	return NULL;
}

/* Merges vmg->middle, or the part of it that is to change, with its neighbours. */
static struct vm_area_struct *vma_merge_existing_range(struct vma_merge_struct *vmg)
{
	struct vm_area_struct *prev = vmg->prev, *middle = vmg->middle, *next = vmg->next;
	bool left_side = vmg->start == middle->vm_start;
	bool right_side = vmg->end == middle->vm_end;
	bool merge_left = left_side && can_vma_merge_left(vmg);
	bool merge_right = right_side && can_vma_merge_right(vmg);
	bool merge_both = merge_left && merge_right;
	int err = 0;

	if ((vmg->vm_flags & VM_SPECIAL) || (!merge_left && !merge_right))
		return NULL;

	vma_start_write(middle);
	vmg->target = merge_left ? prev : next;
	vmg->__remove_middle = left_side && right_side;

	if (merge_both) {				/* prev swallows both */
		vma_start_write(prev);
		vma_start_write(next);
		vmg->__remove_next = true;
		vmg->pgoff = prev->vm_pgoff;
		vmg->start = prev->vm_start;
		vmg->end = next->vm_end;
		err = dup_anon_vma(prev, next->anon_vma ? next : middle);
	} else if (merge_left) {			/* prev takes middle, or its front */
		vma_start_write(prev);
		if (!vmg->__remove_middle)
			vmg->__adjust_middle_start = true;
		vmg->start = prev->vm_start;
		vmg->pgoff = prev->vm_pgoff;
		err = dup_anon_vma(prev, middle);
	} else {					/* next takes middle, or its tail */
		vma_start_write(next);
		if (vmg->__remove_middle) {
			vmg->end = next->vm_end;
			vmg->pgoff = next->vm_pgoff - PHYS_PFN(next->vm_start - vmg->start);
		} else {
			vmg->__adjust_next_start = true;
			vmg->end = vmg->start;
			vmg->start = middle->vm_start;
			vmg->pgoff = middle->vm_pgoff;
		}
		err = dup_anon_vma(next, middle);
	}

	if (err || commit_merge(vmg))
		return NULL;
	return vmg->target;
}

/* Gives start..end of @vma other flags, by a merge if that can be. */
struct vm_area_struct *vma_modify_flags(struct vma_iterator *vmi, struct vm_area_struct *prev,
					struct vm_area_struct *vma, unsigned long start,
					unsigned long end, unsigned long vm_flags)
{
	VMG_VMA_STATE(vmg, vmi, prev, vma, start, end);

	vmg.vm_flags = vm_flags;
	vmg.next = vma_next(vmi);
	return vma_merge_existing_range(&vmg);
}

/* Cuts @vma down to start..end. */
int vma_shrink(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long start,
	       unsigned long end, pgoff_t pgoff)
{
	struct vma_prepare vp;

	vma_iter_config(vmi, start, end);
	if (vma_iter_prealloc(vmi, NULL))
		return -ENOMEM;

	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_set_range(vma, start, end, pgoff);
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}

/* Adds anonymous memory behind @vma: by growing it, else by a new VMA. */
int do_brk_flags(struct vma_iterator *vmi, struct mm_struct *mm, struct vm_area_struct *vma,
		 unsigned long addr, unsigned long len, unsigned long vm_flags)
{
	if (vma && addr == vma->vm_end) {
		VMG_STATE(vmg, mm, vmi, addr, addr + len, vm_flags, PHYS_PFN(addr));

		vmg.prev = vma;
		if (vma_merge_new_range(&vmg))
			return 0;
	}

	vma = vm_area_alloc(mm);
	if (!vma)
		return -ENOMEM;
	vma_set_range(vma, addr, addr + len, PHYS_PFN(addr));
	vma->vm_flags = vm_flags | VM_SOFTDIRTY;
	vma_start_write(vma);
	if (vma_iter_store_gfp(vmi, vma, GFP_KERNEL)) {
		vm_area_free(vma);
		return -ENOMEM;
	}
	mm->map_count++;
	return 0;
}
