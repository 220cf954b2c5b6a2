/* SPDX-License-Identifier: MIT */
/*
 * A tree with a fault in it, for patches that meet one: vma_expand() removes `next` and does not
 * lock it. The rest is right.
 */
#include "internal.h"

static void init_multi_vma_prep(struct vma_prepare *vp, struct vm_area_struct *vma,
				struct vm_area_struct *remove)
{
	*vp = (struct vma_prepare){ .vma = vma, .remove = remove };
}

static void vma_prepare(struct vma_prepare *vp)
{
	lock_rmap(vp->vma->anon_vma);
}

static void vma_complete(struct vma_prepare *vp, struct vma_iterator *vmi, struct mm_struct *mm)
{
	unlock_rmap(vp->vma->anon_vma);
	vma_iter_store(vmi, vp->vma);
	if (vp->remove) {
		vma_mark_detached(vp->remove);
		vm_area_free(vp->remove);
		mm->map_count--;
	}
}

/* Grows @vma to @end, over all of @next if there is one. */
int vma_expand(struct vma_iterator *vmi, struct vm_area_struct *vma, struct vm_area_struct *next,
	       unsigned long end)
{
	struct vma_prepare vp;

	if (vma_iter_prealloc(vmi, vma))
		return -ENOMEM;

	vma_start_write(vma);

	init_multi_vma_prep(&vp, vma, next);
	vma_prepare(&vp);
	vma->vm_end = end;
	vma_complete(&vp, vmi, vma->vm_mm); /* expect: error VMA_COMPLETE_UNLOCKED next (vma_expand) */
	return 0;
}

/* Cuts @vma down to @end. */
int vma_shrink(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long end)
{
	struct vma_prepare vp;

	if (vma_iter_prealloc(vmi, NULL))
		return -ENOMEM;

	vma_start_write(vma);

	init_multi_vma_prep(&vp, vma, NULL);
	vma_prepare(&vp);
	vma->vm_end = end;
	vma_complete(&vp, vmi, vma->vm_mm);
	return 0;
}
