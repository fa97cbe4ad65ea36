/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef GIC_CELL_H
#define GIC_CELL_H

#include <jailhouse/types.h>

#define GIC_IRQS 1024

struct gic_cell {
	u32 irqs[GIC_IRQS / 32]; /* shared peripheral interrupts that the cell owns */
};

#endif
