/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VCPU_STATE_H
#define VCPU_STATE_H

#include <vmcb.h>

/** What SVM keeps of a CPU. */
struct vcpu {
	struct vmcb vmcb;
	u8 host_save[4096]; /* VM_HSAVE_PA: the core's own state while the guest runs */
	u64 vmcb_phys;
	u64 found_hsave; /* how it was found */
	bool in_nmi; /* the guest handles an NMI, until its IRET */
};

#define VCPU_PORT_PAGES 3

#endif
