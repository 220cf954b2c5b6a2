; What the functions of the per-VMA lock do. Only primitives are named here: all else is
; understood from its body in the tree under analysis, because it differs between versions.
; Captures: the effect's kind on the whole call or assignment, @object on its operand; an
; effect without @object is on the call's result.

; include/linux/mm.h or mmap_lock.h: takes the write lock; there is no unlock of its own.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @acquire
 (#eq? @_function "vma_start_write")
 (#set! nothing VMA_LOCK_NULL))

; Since 6.19: 0 is locked, -EINTR is not; what demands the lock after that was not told.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @acquire
 (#eq? @_function "vma_start_write_killable")
 (#set! when zero)
 (#set! otherwise EINTR)
 (#set! failed VMA_KILLABLE_UNCHECKED)
 (#set! nothing VMA_LOCK_NULL))

; The constructor of a guard class, which a macro makes: it may lock what it is given.
((call_expression
   function: (call_expression
     function: (identifier) @_macro)
   arguments: (argument_list . (_) @object)) @may-acquire
 (#any-of? @_macro "guard" "CLASS"))

; A run-time check, a promise of the caller; it locks nothing.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @require
 (#eq? @_function "vma_assert_write_locked")
 (#set! check VMA_ASSERT_UNMET))

; The same for readers: a write lock, or a read lock of the VMA, or the mmap lock.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @content
 (#any-of? @_function "vma_assert_locked" "vma_assert_stabilised"))

; All VMA locks of an mm fall together.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @release-all
 (#any-of? @_function "vma_end_write_all" "mmap_write_unlock" "mmap_write_downgrade"))

; kernel/fork.c, mm/vma_init.c: a new VMA, not locked, not in the tree. The operand of an
; allocation is the mm it belongs to.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @fresh
 (#eq? @_function "vm_area_alloc"))

((call_expression
   function: (identifier) @_function) @fresh
 (#eq? @_function "vm_area_dup"))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @free
 (#eq? @_function "vm_area_free")
 (#set! freed VMA_USE_AFTER_FREE))

; The rmap locks are taken here and the writes follow: VMA locks must be held by now.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hand-over
 (#eq? @_function "vma_prepare")
 (#set! abandoned VMA_PREPARE_NO_COMPLETE)
 (#set! mutated VMA_PREPARE_MUTATED))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @commit
 (#eq? @_function "vma_complete")
 (#set! check VMA_COMPLETE_UNLOCKED)
 (#set! late VMA_LOCK_AFTER_PREPARE)
 (#set! freed VMA_USE_AFTER_FREE))

; What follows makes an object reachable: a new one must be locked by then. The maple tree's own
; mas_store() is not named: mm/ also keeps VMAs that it has taken out on a tree of their own.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) . (_) @object)) @insert
 (#any-of? @_function "vma_iter_store" "vma_iter_store_gfp" "vma_iter_store_new"
  "vma_iter_store_overwrite" "vma_iter_bulk_store")
 (#set! check VMA_INSERT_UNLOCKED))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @insert
 (#eq? @_function "vma_mark_attached")
 (#set! check VMA_INSERT_UNLOCKED))

; Up to 6.14 with a second argument, where `false` attaches; since 6.15 without.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object . (false) .)) @insert
 (#eq? @_function "vma_mark_detached")
 (#set! check VMA_INSERT_UNLOCKED))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object . (true) .)) @detach
 (#eq? @_function "vma_mark_detached")
 (#set! check VMA_DETACH_UNLOCKED))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object .)) @detach
 (#eq? @_function "vma_mark_detached")
 (#set! check VMA_DETACH_UNLOCKED))

; Page tables of a VMA are split or moved: a page fault that runs beside it would put entries
; back, or into tables that are on their way. copy_page_range() asserts it of its source.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @demand
 (#any-of? @_function "vma_adjust_trans_huge" "hugetlb_split" "move_page_tables")
 (#set! check VMA_PGTABLE_UNLOCKED))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) . (_) @object)) @demand
 (#eq? @_function "copy_page_range")
 (#set! check VMA_PGTABLE_UNLOCKED))

; What these return is write-locked where they merged or split; where there was nothing to do, it
; is the VMA that was handed in, as it was.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) . (_) . (_) @object)) @hand-back
 (#any-of? @_function "vma_modify_flags" "vma_modify_flags_name" "vma_modify_name"
  "vma_modify_policy" "vma_modify_flags_uffd")
 (#set! returned VMA_RET_UNLOCKED))
