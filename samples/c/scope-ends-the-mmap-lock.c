/* SPDX-License-Identifier: MIT */
/* The mmap lock falls where a scope ends: by a cleanup function, by __free(), by guards. */
#include "vma.h"

DEFINE_FREE(unlock_mm, struct mm_struct *, if (_T) mmap_write_unlock(_T))
DEFINE_GUARD(mmap_write, struct mm_struct *, mmap_write_lock(_T), mmap_write_unlock(_T))
DEFINE_GUARD_COND(mmap_write, _try, mmap_write_trylock(_T))
DEFINE_CLASS(mm_held, struct mm_struct *, mmap_write_unlock(_T), held(start), struct mm_struct *start)

struct mm_struct *held(struct mm_struct *mm);
int look(struct vm_area_struct *vma);

static void unlock(struct mm_struct **mm)
{
	mmap_write_unlock(*mm);
}

static void change(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void by_function(struct mm_struct *mm, struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);

	vma_start_write(vma);
	{
		struct mm_struct *seen __attribute__((cleanup(unlock))) = mm;

		look(vma);
	}
	change(vmi, vma); /* expect: error VMA_COMPLETE_UNLOCKED vma (by_function) */
}

static void by_free(struct mm_struct *mm, struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);

	vma_start_write(vma);
	do {
		struct mm_struct *seen __free(unlock_mm) = mm;

		if (look(vma))
			break;
		no_free_ptr(seen);
	} while (0);
	change(vmi, vma); /* expect: error VMA_COMPLETE_UNLOCKED vma (by_free) */
}

static void by_guard(struct mm_struct *mm, struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);

	if (look(vma)) {
		guard(mmap_write)(mm);
		vma_start_write(vma);
	} else {
		vma_start_write(vma);
	}
	change(vmi, vma); /* expect: error VMA_COMPLETE_UNLOCKED vma (by_guard) */
}

static void by_scope(struct mm_struct *mm, struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);

	scoped_guard(mmap_write, mm) {
		vma_start_write(vma);
		if (look(vma))
			goto locked;
	}
locked:
	change(vmi, vma); /* expect: error VMA_COMPLETE_UNLOCKED vma (by_scope) */
}

static int by_condition(struct mm_struct *mm, struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);

	scoped_cond_guard(mmap_write_try, return -EAGAIN, mm)
		vma_start_write(vma);
	change(vmi, vma); /* expect: error VMA_COMPLETE_UNLOCKED vma (by_condition) */
	return 0;
}

static void by_class(struct mm_struct *mm, struct vma_iterator *vmi)
{
	struct vm_area_struct *vma = vma_next(vmi);

	for (;;) {
		CLASS(mm_held, seen)(mm);

		vma_start_write(vma);
		if (look(vma))
			break;
	}
	change(vmi, vma); /* expect: error VMA_COMPLETE_UNLOCKED vma (by_class) */
}
