/* SPDX-License-Identifier: MIT */
/* Thirty calls deep. Whether that is too deep is left open; a finding must not come of it. */
#include "vma.h"

static void level0(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	struct vma_prepare vp;

	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
}

static void level1(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	level0(vmi, vma);
}

static void level2(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	level1(vmi, vma);
}

static void level3(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	level2(vmi, vma);
}

static void level4(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	level3(vmi, vma);
}

static void level5(struct vma_iterator *vmi, struct vm_area_struct *vma)
{
	level4(vmi, vma);
}

static void level6(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level6) */ /* gap?: unknown-value (level6) */
	level5(vmi, vma);
}

static void level7(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level7) */ /* gap?: unknown-value (level7) */
	level6(vmi, vma);
}

static void level8(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level8) */ /* gap?: unknown-value (level8) */
	level7(vmi, vma);
}

static void level9(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level9) */ /* gap?: unknown-value (level9) */
	level8(vmi, vma);
}

static void level10(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level10) */ /* gap?: unknown-value (level10) */
	level9(vmi, vma);
}

static void level11(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level11) */ /* gap?: unknown-value (level11) */
	level10(vmi, vma);
}

static void level12(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level12) */ /* gap?: unknown-value (level12) */
	level11(vmi, vma);
}

static void level13(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level13) */ /* gap?: unknown-value (level13) */
	level12(vmi, vma);
}

static void level14(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level14) */ /* gap?: unknown-value (level14) */
	level13(vmi, vma);
}

static void level15(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level15) */ /* gap?: unknown-value (level15) */
	level14(vmi, vma);
}

static void level16(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level16) */ /* gap?: unknown-value (level16) */
	level15(vmi, vma);
}

static void level17(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level17) */ /* gap?: unknown-value (level17) */
	level16(vmi, vma);
}

static void level18(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level18) */ /* gap?: unknown-value (level18) */
	level17(vmi, vma);
}

static void level19(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level19) */ /* gap?: unknown-value (level19) */
	level18(vmi, vma);
}

static void level20(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level20) */ /* gap?: unknown-value (level20) */
	level19(vmi, vma);
}

static void level21(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level21) */ /* gap?: unknown-value (level21) */
	level20(vmi, vma);
}

static void level22(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level22) */ /* gap?: unknown-value (level22) */
	level21(vmi, vma);
}

static void level23(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level23) */ /* gap?: unknown-value (level23) */
	level22(vmi, vma);
}

static void level24(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level24) */ /* gap?: unknown-value (level24) */
	level23(vmi, vma);
}

static void level25(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level25) */ /* gap?: unknown-value (level25) */
	level24(vmi, vma);
}

static void level26(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level26) */ /* gap?: unknown-value (level26) */
	level25(vmi, vma);
}

static void level27(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level27) */ /* gap?: unknown-value (level27) */
	level26(vmi, vma);
}

static void level28(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level28) */ /* gap?: unknown-value (level28) */
	level27(vmi, vma);
}

static void level29(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (level29) */ /* gap?: unknown-value (level29) */
	level28(vmi, vma);
}

static void careful(struct vma_iterator *vmi, struct vm_area_struct *vma)
{ /* gap?: depth-limit (careful) */ /* gap?: unknown-value (careful) */
	vma_start_write(vma);
	level29(vmi, vma);
}
