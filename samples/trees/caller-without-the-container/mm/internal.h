/* SPDX-License-Identifier: MIT */
/* The container is a matter of mm/ alone. */
#ifndef __MM_INTERNAL_H
#define __MM_INTERNAL_H

#include <linux/mm.h>

struct vma_prepare {
	struct vm_area_struct *vma;
	struct vm_area_struct *adj_next;
	struct vm_area_struct *insert;
	struct vm_area_struct *remove;
	struct vm_area_struct *remove2;
};

static inline void init_vma_prep(struct vma_prepare *vp, struct vm_area_struct *vma)
{
	*vp = (struct vma_prepare){ .vma = vma };
}

void vma_prepare(struct vma_prepare *vp);
void vma_complete(struct vma_prepare *vp, struct vma_iterator *vmi, struct mm_struct *mm);

#endif
