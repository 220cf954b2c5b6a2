; Locks of other classes, as far as they bear on the VMA lock: taken (@hold), with `mode` read or
; write, and given up (@let-go). Looked at only in functions where such a lock can reach a place
; that takes the VMA lock or writes a field. Captures and properties are those of effects.scm.

; The mmap lock, include/linux/mmap_lock.h.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hold
 (#any-of? @_function "mmap_write_lock" "mmap_write_lock_nested")
 (#set! class mmap)
 (#set! mode write))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hold
 (#eq? @_function "mmap_write_lock_killable")
 (#set! class mmap)
 (#set! mode write)
 (#set! when zero)
 (#set! otherwise EINTR))

; Up to 6.6.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hold
 (#eq? @_function "mmap_write_trylock")
 (#set! class mmap)
 (#set! mode write)
 (#set! when nonzero))

; A downgrade leaves it held for reading.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hold
 (#any-of? @_function "mmap_read_lock" "mmap_write_downgrade")
 (#set! class mmap)
 (#set! mode read))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hold
 (#eq? @_function "mmap_read_lock_killable")
 (#set! class mmap)
 (#set! mode read)
 (#set! when zero)
 (#set! otherwise EINTR))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hold
 (#eq? @_function "mmap_read_trylock")
 (#set! class mmap)
 (#set! mode read)
 (#set! when nonzero))

; Since 6.18: held to the end of the function.
((call_expression
   function: (call_expression
     function: (identifier) @_macro
     arguments: (argument_list . (identifier) @_class))
   arguments: (argument_list . (_) @object)) @hold
 (#eq? @_macro "guard")
 (#eq? @_class "mmap_read_lock")
 (#set! class mmap)
 (#set! mode read))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @let-go
 (#any-of? @_function "mmap_write_unlock" "mmap_read_unlock" "mmap_read_unlock_non_owner")
 (#set! class mmap))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (pointer_expression
     argument: (field_expression
       field: (field_identifier) @_lock)) @object)) @hold
 (#any-of? @_function "down_write" "down_write_nested")
 (#eq? @_lock "mmap_lock")
 (#set! class mmap)
 (#set! mode write))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (pointer_expression
     argument: (field_expression
       field: (field_identifier) @_lock)) @object)) @hold
 (#any-of? @_function "down_read" "downgrade_write")
 (#eq? @_lock "mmap_lock")
 (#set! class mmap)
 (#set! mode read))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (pointer_expression
     argument: (field_expression
       field: (field_identifier) @_lock)) @object)) @let-go
 (#any-of? @_function "up_write" "up_read" "up_read_non_owner")
 (#eq? @_lock "mmap_lock")
 (#set! class mmap))

; The locks of the reverse mapping: of a file's mapping, include/linux/fs.h.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hold
 (#any-of? @_function "i_mmap_lock_write" "i_mmap_lock_read")
 (#set! class i_mmap)
 (#set! mode write))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hold
 (#any-of? @_function "i_mmap_trylock_write" "i_mmap_trylock_read")
 (#set! class i_mmap)
 (#set! mode write)
 (#set! when nonzero))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @let-go
 (#any-of? @_function "i_mmap_unlock_write" "i_mmap_unlock_read")
 (#set! class i_mmap))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (pointer_expression
     argument: (field_expression
       field: (field_identifier) @_lock)) @object)) @hold
 (#any-of? @_function "down_write" "down_read" "down_write_nest_lock")
 (#eq? @_lock "i_mmap_rwsem")
 (#set! class i_mmap)
 (#set! mode write))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (pointer_expression
     argument: (field_expression
       field: (field_identifier) @_lock)) @object)) @let-go
 (#any-of? @_function "up_write" "up_read")
 (#eq? @_lock "i_mmap_rwsem")
 (#set! class i_mmap))

; And of an anon_vma, include/linux/rmap.h.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hold
 (#any-of? @_function "anon_vma_lock_write" "anon_vma_lock_read")
 (#set! class anon_vma)
 (#set! mode write))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @hold
 (#any-of? @_function "anon_vma_trylock_write" "anon_vma_trylock_read")
 (#set! class anon_vma)
 (#set! mode write)
 (#set! when nonzero))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @let-go
 (#any-of? @_function "anon_vma_unlock_write" "anon_vma_unlock_read")
 (#set! class anon_vma))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (pointer_expression
     argument: (field_expression
       argument: (field_expression
         field: (field_identifier) @_root)
       field: (field_identifier) @_lock)) @object)) @hold
 (#any-of? @_function "down_write" "down_read" "down_write_nest_lock")
 (#eq? @_root "root")
 (#eq? @_lock "rwsem")
 (#set! class anon_vma)
 (#set! mode write))

((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (pointer_expression
     argument: (field_expression
       argument: (field_expression
         field: (field_identifier) @_root)
       field: (field_identifier) @_lock)) @object)) @let-go
 (#any-of? @_function "up_write" "up_read")
 (#eq? @_root "root")
 (#eq? @_lock "rwsem")
 (#set! class anon_vma))

; All VMA locks of an mm fall, and the mmap lock must be let go or downgraded right after: only
; mmap_write_unlock() and mmap_write_downgrade() do this, and are not looked into.
((call_expression
   function: (identifier) @_function
   arguments: (argument_list . (_) @object)) @ends
 (#eq? @_function "vma_end_write_all")
 (#set! class mmap)
 (#set! check VMA_EARLY_RELEASE))
