/* SPDX-License-Identifier: MIT */
/* Forty branches that have nothing to do with a lock. */
#include "vma.h"

static int cut(struct vma_iterator *vmi, struct vm_area_struct *vma, unsigned long options)
{
	struct vma_prepare vp;
	int score = 0;

	if (options & (1ul << 0))
		score += 0;
	if (options & (1ul << 1))
		score += 1;
	if (options & (1ul << 2))
		score += 2;
	if (options & (1ul << 3))
		score += 3;
	if (options & (1ul << 4))
		score += 4;
	if (options & (1ul << 5))
		score += 5;
	if (options & (1ul << 6))
		score += 6;
	if (options & (1ul << 7))
		score += 7;
	if (options & (1ul << 8))
		score += 8;
	if (options & (1ul << 9))
		score += 9;
	if (options & (1ul << 10))
		score += 10;
	if (options & (1ul << 11))
		score += 11;
	if (options & (1ul << 12))
		score += 12;
	if (options & (1ul << 13))
		score += 13;
	if (options & (1ul << 14))
		score += 14;
	if (options & (1ul << 15))
		score += 15;
	if (options & (1ul << 16))
		score += 16;
	if (options & (1ul << 17))
		score += 17;
	if (options & (1ul << 18))
		score += 18;
	if (options & (1ul << 19))
		score += 19;
	if (options & (1ul << 20))
		score += 20;
	if (options & (1ul << 21))
		score += 21;
	if (options & (1ul << 22))
		score += 22;
	if (options & (1ul << 23))
		score += 23;
	if (options & (1ul << 24))
		score += 24;
	if (options & (1ul << 25))
		score += 25;
	if (options & (1ul << 26))
		score += 26;
	if (options & (1ul << 27))
		score += 27;
	if (options & (1ul << 28))
		score += 28;
	if (options & (1ul << 29))
		score += 29;
	if (options & (1ul << 30))
		score += 30;
	if (options & (1ul << 31))
		score += 31;
	if (options & (1ul << 32))
		score += 32;
	if (options & (1ul << 33))
		score += 33;
	if (options & (1ul << 34))
		score += 34;
	if (options & (1ul << 35))
		score += 35;
	if (options & (1ul << 36))
		score += 36;
	if (options & (1ul << 37))
		score += 37;
	if (options & (1ul << 38))
		score += 38;
	if (options & (1ul << 39))
		score += 39;
	vma_start_write(vma);
	init_vma_prep(&vp, vma);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, vma->vm_mm);
	return score;
}
