/* SPDX-License-Identifier: MIT */
/* A member of the container is an array; what is in it is locked. */
#include <linux/types.h>

struct vm_area_struct;
struct mm_struct;
struct vma_iterator;

void vma_start_write(struct vm_area_struct *vma);

struct vma_prepare {
	struct vm_area_struct *vma;
	struct vm_area_struct *remove[2];
};

static void fill(struct vma_prepare *vp, struct vm_area_struct *vma,
		 struct vm_area_struct *first, struct vm_area_struct *second)
{
	vp->vma = vma;
	vp->remove[0] = first;
	vp->remove[1] = second;
}

void vma_prepare(struct vma_prepare *vp);
void vma_complete(struct vma_prepare *vp, struct vma_iterator *vmi, struct mm_struct *mm);

void expand(struct vma_iterator *vmi, struct mm_struct *mm, struct vm_area_struct *vma,
	    struct vm_area_struct *next)
{
	struct vma_prepare vp;

	vma_start_write(vma);
	vma_start_write(next);
	fill(&vp, vma, NULL, next);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, mm);
}
