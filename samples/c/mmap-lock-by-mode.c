/* SPDX-License-Identifier: MIT */
/* A mode, a flag or a result says how the mmap lock is held, and the writes do not ask. */
#include "vma.h"

struct request {
	struct mm_struct *mm;
	int behaviour;
	int mode;
};

bool is_pinned(struct mm_struct *mm, unsigned long addr);
bool lock_mm(struct mm_struct *mm);

static void retry_for_writing(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;
	bool write = 0;

retry:
	if (write)
		mmap_write_lock(mm);
	else
		mmap_read_lock(mm);
	vma = vma_lookup(mm, addr);
	if (vma && !(vma->vm_flags & VM_LOCKED)) {
		if (!write && is_pinned(mm, addr)) {
			mmap_read_unlock(mm);
			write = 1;
			goto retry;
		}
		vm_flags_set(vma, VM_LOCKED); /* expect: error VMA_LOCK_NO_MMAP vma (retry_for_writing) */
	}
	if (write)
		mmap_write_unlock(mm);
	else
		mmap_read_unlock(mm);
}

static void unmap_and_unlock(struct mm_struct *mm, unsigned long addr, bool unlock)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);

	if (unlock)
		mmap_write_downgrade(mm);
	vm_flags_clear(vma, VM_LOCKED); /* expect: error VMA_LOCK_NO_MMAP vma (unmap_and_unlock) */
	if (unlock)
		mmap_read_unlock(mm);
}

static void take_again(struct mm_struct *mm, bool *locked)
{
	if (!*locked)
		mmap_write_lock(mm);
	*locked = 1;
}

static void let_go_in_between(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;
	bool locked = 1;

	mmap_write_lock(mm);
	if (is_pinned(mm, addr)) {
		mmap_write_unlock(mm);
		locked = 0;
	}
	vma = vma_lookup(mm, addr);
	if (vma)
		vm_flags_set(vma, VM_LOCKED); /* expect: error VMA_LOCK_NO_MMAP vma (let_go_in_between) */
	take_again(mm, &locked);
	mmap_write_unlock(mm);
}

static int mode_of(const struct request *request)
{
	switch (request->behaviour) {
	case 1:
	case 2:
		return 0;
	default:
		return 1;
	}
}

static void begin(struct request *request)
{
	request->mode = mode_of(request);
	if (request->mode)
		mmap_write_lock(request->mm);
	else
		mmap_read_lock(request->mm);
}

static void end(struct request *request)
{
	if (request->mode)
		mmap_write_unlock(request->mm);
	else
		mmap_read_unlock(request->mm);
}

static void visit(struct request *request, struct vm_area_struct *vma)
{
	switch (request->behaviour) {
	case 1:
		return;
	}
	vm_flags_clear(vma, VM_LOCKED);
}

static void advise(struct mm_struct *mm, unsigned long addr, int behaviour)
{
	struct request request = { .mm = mm, .behaviour = behaviour };
	struct vm_area_struct *vma;

	begin(&request);
	vma = vma_lookup(mm, addr);
	if (vma)
		visit(&request, vma); /* expect: error VMA_LOCK_NO_MMAP vma (advise) */
	end(&request);
}

static void taken_by_somebody_unseen(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	mmap_write_unlock(mm);
	vma = vma_lookup(mm, addr);
	if (vma)
		vm_flags_set(vma, VM_LOCKED); /* expect: error VMA_LOCK_NO_MMAP vma (taken_by_somebody_unseen) */
	lock_mm(mm);
}
