/* SPDX-License-Identifier: GPL-2.0-only */
/* What a cell may do with the registers of the distributor and redistributors. Pure. */
#ifndef GIC_RULES_H
#define GIC_RULES_H

#include <jailhouse/types.h>

enum gic_register_kind {
	GIC_REG_ZERO, /* reads as zero, writes are ignored */
	GIC_REG_READ_ONLY, /* writes are ignored */
	GIC_REG_VALUE, /* a field per interrupt: others' fields read as zero and keep their value */
	GIC_REG_ONES, /* a bit per interrupt that acts when one is written */
	GIC_REG_TARGETS, /* GICv2: a byte per interrupt, its bits are CPU interfaces */
	GIC_REG_ROUTE, /* GICv3: 64 bits per interrupt, a CPU's affinity */
	GIC_REG_SGI, /* GICv2: write sends SGIs */
	GIC_REG_BAD, /* no device answers such an access: unaligned, or of a size that does not exist */
};

struct gic_rule {
	enum gic_register_kind kind;
	u64 mask; /* VALUE, ONES, TARGETS: bits of the access that belong to the cell's interrupts */
	u32 intid; /* first interrupt of the access, ROUTE: the interrupt */
};

/**
 * Rule for an access of size bytes at offset into the distributor.
 * irqs: bitmap of the INTIDs below 1024 that the cell owns.
 */
struct gic_rule gic_rule_of(u32 offset, u32 size, const u32 *irqs);

/** The same for the SGI frame of one of the cell's redistributors. It has no interrupts from 32 on, to cells. */
struct gic_rule gicr_rule_of(u32 offset, u32 size, const u32 *irqs);

#endif
