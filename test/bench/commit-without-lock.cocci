// Functions with a path to vma_complete() without a vma_start_write() on it. The nearest that
// can be said without following calls: what is locked by a caller is reported, and one lock is
// enough whatever is handed over. Written for vmalint's bench.

@unlocked exists@
identifier f;
@@
 f(...)
 {
 ... when != vma_start_write(...)
* vma_complete(...);
 ... when any
 }
