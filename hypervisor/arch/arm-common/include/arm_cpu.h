/* SPDX-License-Identifier: GPL-2.0-only */
/* What arm and arm64 keep for each CPU alike. */
#ifndef ARM_CPU_H
#define ARM_CPU_H

#include <gic_cpu.h>

struct arch_cpu_public {
	u64 mpidr; /* affinity bits only */
	struct gic_cpu_public gic;
};

/** How EL2 was found, to be left so. */
struct el2_state {
	u64 hcr, vbar, vttbr, vtcr, mdcr, cptr;
};

struct arch_cpu_private {
	struct el2_state before;
	struct gic_cpu_private gic;
	bool activated; /* the GIC's CPU interface is ours */
};

#endif
