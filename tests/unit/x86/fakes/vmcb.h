/* SPDX-License-Identifier: GPL-2.0-only */
/* The core's, but for instructions that a program must not execute. */
#ifndef FAKE_VMCB_H
#define FAKE_VMCB_H

#define vmload hardware_vmload
#define vmsave hardware_vmsave
#include_next <vmcb.h>
#undef vmload
#undef vmsave

void vmload(u64 vmcb_phys);
void vmsave(u64 vmcb_phys);

#endif
