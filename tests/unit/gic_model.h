/* SPDX-License-Identifier: GPL-2.0-only */
/* The distributor's registers as its specifications tell of them (IHI 0048, IHI 0069), bit by bit. */
#ifndef GIC_MODEL_H
#define GIC_MODEL_H

#include <gic_rules.h>
#include <jailhouse/types.h>

#define NO_INTID (~0U)

/** Bits per interrupt in the register bank that the byte at offset belongs to; 0: not a register of interrupts. */
static inline u32 model_bits(u32 offset)
{
	if (offset >= 0x100 && offset < 0x400)
		return 1;
	if (offset >= 0x400 && offset < 0xc00)
		return 8;
	return offset >= 0xc00 && offset < 0xd00 ? 2 : 0;
}

/** The interrupt that a bit of the byte at offset belongs to. */
static inline u32 model_intid(u32 offset, u32 bit)
{
	static const u32 starts[] = { 0,     0x100, 0x180, 0x200, 0x280, 0x300,
				      0x380, 0x400, 0x800, 0xc00, 0xd00 };
	u32 start = 0;

	for (u32 n = 0; n < ARRAY_SIZE(starts); n++)
		if (starts[n] <= offset)
			start = starts[n];
	return model_bits(offset) ? ((offset - start) * 8 + bit) / model_bits(offset) : NO_INTID;
}

static inline bool model_owned(u32 intid, const u32 *irqs)
{
	return intid < 1024 && (irqs[intid / 32] >> intid % 32 & 1);
}

/** Bits of an access that belong to interrupts of the cell. */
static inline u64 model_mask(u32 offset, u32 size, const u32 *irqs)
{
	u64 mask = 0;

	for (u32 bit = 0; bit < size * 8; bit++)
		if (model_owned(model_intid(offset + bit / 8, bit % 8), irqs))
			mask |= 1ULL << bit;
	return mask;
}

static inline enum gic_register_kind model_kind(u32 offset, u32 size, const u32 *irqs)
{
	if (offset % size)
		return GIC_REG_BAD;
	if (offset >= 0x6000 &&
	    offset < 0x8000) /* IROUTER, there are none for private interrupts */
		return size >= 4 && offset >= 0x6100 && model_owned((offset - 0x6000) / 8, irqs) ?
			       GIC_REG_ROUTE :
			       GIC_REG_ZERO;
	if (offset >= 0x800 && offset < 0x820 &&
	    (size == 1 || size == 4)) /* targets of private interrupts */
		return GIC_REG_READ_ONLY;
	if (size == 1 && model_bits(offset) == 8)
		return offset < 0x800 ? GIC_REG_VALUE : GIC_REG_TARGETS;
	if (size != 4)
		return GIC_REG_ZERO;
	if (offset == 0xf00)
		return GIC_REG_SGI;
	if (offset < 0x100 || (offset >= 0xf80 && offset < 0x1000) || offset >= 0xffd0)
		return GIC_REG_READ_ONLY;
	if (offset >= 0xc00 && offset < 0xc08) /* ICFGR of private interrupts */
		return GIC_REG_READ_ONLY;
	switch (model_bits(offset)) {
	case 1:
		return GIC_REG_ONES;
	case 8:
		return offset < 0x800 ? GIC_REG_VALUE : GIC_REG_TARGETS;
	case 2:
		return GIC_REG_VALUE;
	default:
		return GIC_REG_ZERO;
	}
}

/** The same in a redistributor's SGI frame, which has INTIDs below 32, and extended PPIs behind them. */
static inline enum gic_register_kind model_gicr_kind(u32 offset, u32 size, const u32 *irqs)
{
	enum gic_register_kind kind = model_kind(offset, size, irqs);
	bool extended = model_bits(offset) ? model_intid(offset, 0) >= 32 :
					     offset >= 0x84 && offset < 0x100; /* IGROUPR */

	return kind != GIC_REG_BAD && (extended || offset >= 0x1000) ? GIC_REG_ZERO : kind;
}

#endif
