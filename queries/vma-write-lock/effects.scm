; What the functions of the per-VMA lock do. Only primitives are named here: all else is
; understood from its body in the tree under analysis, because it differs between versions.
; Captures: the effect's kind on the whole call or assignment, @object on its operand; an
; effect without @object is on the call's result.

; include/linux/mm.h or mmap_lock.h: takes the write lock; there is no unlock of its own.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @acquire
 (#eq? @_function "vma_start_write"))

; Since 6.19: 0 is locked, -EINTR is not.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @acquire
 (#eq? @_function "vma_start_write_killable")
 (#set! when zero))

; A run-time check, a promise of the caller; it locks nothing.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @require
 (#eq? @_function "vma_assert_write_locked"))

; All VMA locks of an mm fall together.
((call_expression
   function: (identifier) @_function) @release-all
 (#any-of? @_function "vma_end_write_all" "mmap_write_unlock" "mmap_write_downgrade"))

; kernel/fork.c, mm/vma_init.c: a new VMA, not locked, not in the tree.
((call_expression
   function: (identifier) @_function) @fresh
 (#any-of? @_function "vm_area_alloc" "vm_area_dup"))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @free
 (#eq? @_function "vm_area_free"))

; The rmap locks are taken here and the writes follow: VMA locks must be held by now.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hand-over
 (#eq? @_function "vma_prepare"))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @commit
 (#eq? @_function "vma_complete"))
