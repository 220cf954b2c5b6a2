/* SPDX-License-Identifier: MIT */
/*
 * Forty VMAs, each locked and handed over under a condition of its own: more states than can be
 * kept apart. No doubt becomes a finding.
 */
#include "vma.h"

static void cut_some(struct vma_iterator *vmi, struct vm_area_struct *all[40], bool want[40],
		     struct vm_area_struct *last)
{ /* gap?: state-limit (cut_some) */
	struct vma_prepare vp;

	if (want[0])
		vma_start_write(all[0]);
	if (want[1])
		vma_start_write(all[1]);
	if (want[2])
		vma_start_write(all[2]);
	if (want[3])
		vma_start_write(all[3]);
	if (want[4])
		vma_start_write(all[4]);
	if (want[5])
		vma_start_write(all[5]);
	if (want[6])
		vma_start_write(all[6]);
	if (want[7])
		vma_start_write(all[7]);
	if (want[8])
		vma_start_write(all[8]);
	if (want[9])
		vma_start_write(all[9]);
	if (want[10])
		vma_start_write(all[10]);
	if (want[11])
		vma_start_write(all[11]);
	if (want[12])
		vma_start_write(all[12]);
	if (want[13])
		vma_start_write(all[13]);
	if (want[14])
		vma_start_write(all[14]);
	if (want[15])
		vma_start_write(all[15]);
	if (want[16])
		vma_start_write(all[16]);
	if (want[17])
		vma_start_write(all[17]);
	if (want[18])
		vma_start_write(all[18]);
	if (want[19])
		vma_start_write(all[19]);
	if (want[20])
		vma_start_write(all[20]);
	if (want[21])
		vma_start_write(all[21]);
	if (want[22])
		vma_start_write(all[22]);
	if (want[23])
		vma_start_write(all[23]);
	if (want[24])
		vma_start_write(all[24]);
	if (want[25])
		vma_start_write(all[25]);
	if (want[26])
		vma_start_write(all[26]);
	if (want[27])
		vma_start_write(all[27]);
	if (want[28])
		vma_start_write(all[28]);
	if (want[29])
		vma_start_write(all[29]);
	if (want[30])
		vma_start_write(all[30]);
	if (want[31])
		vma_start_write(all[31]);
	if (want[32])
		vma_start_write(all[32]);
	if (want[33])
		vma_start_write(all[33]);
	if (want[34])
		vma_start_write(all[34]);
	if (want[35])
		vma_start_write(all[35]);
	if (want[36])
		vma_start_write(all[36]);
	if (want[37])
		vma_start_write(all[37]);
	if (want[38])
		vma_start_write(all[38]);
	if (want[39])
		vma_start_write(all[39]);

	if (want[0]) {
		init_vma_prep(&vp, all[0]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[0]->vm_mm);
	}
	if (want[1]) {
		init_vma_prep(&vp, all[1]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[1]->vm_mm);
	}
	if (want[2]) {
		init_vma_prep(&vp, all[2]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[2]->vm_mm);
	}
	if (want[3]) {
		init_vma_prep(&vp, all[3]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[3]->vm_mm);
	}
	if (want[4]) {
		init_vma_prep(&vp, all[4]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[4]->vm_mm);
	}
	if (want[5]) {
		init_vma_prep(&vp, all[5]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[5]->vm_mm);
	}
	if (want[6]) {
		init_vma_prep(&vp, all[6]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[6]->vm_mm);
	}
	if (want[7]) {
		init_vma_prep(&vp, all[7]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[7]->vm_mm);
	}
	if (want[8]) {
		init_vma_prep(&vp, all[8]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[8]->vm_mm);
	}
	if (want[9]) {
		init_vma_prep(&vp, all[9]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[9]->vm_mm);
	}
	if (want[10]) {
		init_vma_prep(&vp, all[10]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[10]->vm_mm);
	}
	if (want[11]) {
		init_vma_prep(&vp, all[11]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[11]->vm_mm);
	}
	if (want[12]) {
		init_vma_prep(&vp, all[12]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[12]->vm_mm);
	}
	if (want[13]) {
		init_vma_prep(&vp, all[13]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[13]->vm_mm);
	}
	if (want[14]) {
		init_vma_prep(&vp, all[14]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[14]->vm_mm);
	}
	if (want[15]) {
		init_vma_prep(&vp, all[15]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[15]->vm_mm);
	}
	if (want[16]) {
		init_vma_prep(&vp, all[16]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[16]->vm_mm);
	}
	if (want[17]) {
		init_vma_prep(&vp, all[17]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[17]->vm_mm);
	}
	if (want[18]) {
		init_vma_prep(&vp, all[18]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[18]->vm_mm);
	}
	if (want[19]) {
		init_vma_prep(&vp, all[19]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[19]->vm_mm);
	}
	if (want[20]) {
		init_vma_prep(&vp, all[20]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[20]->vm_mm);
	}
	if (want[21]) {
		init_vma_prep(&vp, all[21]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[21]->vm_mm);
	}
	if (want[22]) {
		init_vma_prep(&vp, all[22]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[22]->vm_mm);
	}
	if (want[23]) {
		init_vma_prep(&vp, all[23]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[23]->vm_mm);
	}
	if (want[24]) {
		init_vma_prep(&vp, all[24]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[24]->vm_mm);
	}
	if (want[25]) {
		init_vma_prep(&vp, all[25]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[25]->vm_mm);
	}
	if (want[26]) {
		init_vma_prep(&vp, all[26]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[26]->vm_mm);
	}
	if (want[27]) {
		init_vma_prep(&vp, all[27]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[27]->vm_mm);
	}
	if (want[28]) {
		init_vma_prep(&vp, all[28]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[28]->vm_mm);
	}
	if (want[29]) {
		init_vma_prep(&vp, all[29]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[29]->vm_mm);
	}
	if (want[30]) {
		init_vma_prep(&vp, all[30]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[30]->vm_mm);
	}
	if (want[31]) {
		init_vma_prep(&vp, all[31]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[31]->vm_mm);
	}
	if (want[32]) {
		init_vma_prep(&vp, all[32]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[32]->vm_mm);
	}
	if (want[33]) {
		init_vma_prep(&vp, all[33]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[33]->vm_mm);
	}
	if (want[34]) {
		init_vma_prep(&vp, all[34]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[34]->vm_mm);
	}
	if (want[35]) {
		init_vma_prep(&vp, all[35]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[35]->vm_mm);
	}
	if (want[36]) {
		init_vma_prep(&vp, all[36]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[36]->vm_mm);
	}
	if (want[37]) {
		init_vma_prep(&vp, all[37]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[37]->vm_mm);
	}
	if (want[38]) {
		init_vma_prep(&vp, all[38]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[38]->vm_mm);
	}
	if (want[39]) {
		init_vma_prep(&vp, all[39]);
		vma_prepare(&vp);
		vma_complete(&vp, vmi, all[39]->vm_mm);
	}
	vma_start_write(last);
	init_vma_prep(&vp, last);
	vma_prepare(&vp);
	vma_complete(&vp, vmi, last->vm_mm);
}
