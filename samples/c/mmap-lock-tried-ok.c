/* SPDX-License-Identifier: MIT */
/* That it can be taken for reading is a bug, or worth a warning: the callers hold it for writing. */
#include "vma.h"

static void insert(struct vm_area_struct *vma)
{
	BUG_ON(mmap_read_trylock(vma->vm_mm));
	vm_flags_set(vma, VM_LOCKED);
}

static void insert_many(struct vm_area_struct *vma)
{
	VM_WARN_ON(mmap_read_trylock(vma->vm_mm));
	vm_flags_set(vma, VM_LOCKED);
}
