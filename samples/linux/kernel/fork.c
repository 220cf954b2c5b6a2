/* SPDX-License-Identifier: MIT */
/* A child gets a copy of every VMA of its parent. */
#include <linux/mm.h>

/* Both mmap locks are held for writing. On failure the caller throws @mm away. */
int dup_mmap(struct mm_struct *mm, struct mm_struct *oldmm)
{
	struct vm_area_struct *mpnt, *tmp;
	VMA_ITERATOR(old_vmi, oldmm, 0);
	VMA_ITERATOR(vmi, mm, 0);

	for_each_vma(old_vmi, mpnt) {
		/* The parent's pages become read-only: keep its page faults out. */
		vma_start_write(mpnt);

		tmp = vm_area_dup(mpnt);
		if (!tmp)
			return -ENOMEM;
		tmp->vm_mm = mm;
		/* Memory locks are not inherited. This also takes the VMA lock of the copy. */
		vm_flags_clear(tmp, VM_LOCKED);
		if (vma_iter_bulk_store(&vmi, tmp))
			return -ENOMEM;
		mm->map_count++;
	}
	return 0;
}
