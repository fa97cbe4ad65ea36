// SPDX-License-Identifier: GPL-2.0-only
#include <bits.h>
#include <gic_rules.h>

/* Register banks below 0x1000 begin and end at multiples of 0x80 (IHI 0048, 4.1.2; IHI 0069, 12.8). */
#define BANK_SHIFT         7
#define BANK_SIZE          (1U << BANK_SHIFT)
#define GICD_ROUTERS_START 0x6000 /* of interrupt 0, but only SPIs have one */
#define GICD_ROUTERS_END   0x8000
#define GICD_SGIR          0xf00
#define GICD_IDS           0xffd0

struct bank {
	u8 kind;
	u8 bits; /* per interrupt */
	u16 start; /* of the registers of interrupt 0 */
};

#define ONES(at)   GIC_REG_ONES, 1, at
#define VALUE8(at) GIC_REG_VALUE, 8, at
#define TARGETS    GIC_REG_TARGETS, 8, 0x800

static const struct bank banks[0x1000 >> BANK_SHIFT] = {
	[0x000 >> BANK_SHIFT] = { GIC_REG_READ_ONLY, 0, 0 }, /* CTLR, TYPER, IIDR */
	[0x080 >> BANK_SHIFT] = { GIC_REG_READ_ONLY, 1, 0x080 }, /* IGROUPR */
	[0x100 >> BANK_SHIFT] = { ONES(0x100) }, /* ISENABLER */
	[0x180 >> BANK_SHIFT] = { ONES(0x180) }, /* ICENABLER */
	[0x200 >> BANK_SHIFT] = { ONES(0x200) }, /* ISPENDR */
	[0x280 >> BANK_SHIFT] = { ONES(0x280) }, /* ICPENDR */
	[0x300 >> BANK_SHIFT] = { ONES(0x300) }, /* ISACTIVER */
	[0x380 >> BANK_SHIFT] = { ONES(0x380) }, /* ICACTIVER */
	[0x400 >> BANK_SHIFT] = { VALUE8(0x400) },
	{ VALUE8(0x400) },
	{ VALUE8(0x400) },
	{ VALUE8(0x400) }, /* IPRIORITYR */
	{ VALUE8(0x400) },
	{ VALUE8(0x400) },
	{ VALUE8(0x400) },
	{ VALUE8(0x400) },
	[0x800 >> BANK_SHIFT] = { TARGETS },
	{ TARGETS },
	{ TARGETS },
	{ TARGETS },
	{ TARGETS },
	{ TARGETS },
	{ TARGETS },
	{ TARGETS },
	[0xc00 >> BANK_SHIFT] = { GIC_REG_VALUE, 2, 0xc00 },
	{ GIC_REG_VALUE, 2, 0xc00 }, /* ICFGR */
	[0xf80 >> BANK_SHIFT] = { GIC_REG_READ_ONLY, 0, 0 }, /* GICv2: identification */
};

/** A bit per interrupt becomes the field of that width per interrupt. */
static u64 spread(u32 owned, u32 count, u32 bits)
{
	u64 field = MASK64(bits - 1, 0), mask = 0;

	for (u32 n = 0; n < count; n++)
		if (owned & BIT(n))
			mask |= field << (n * bits);
	return mask;
}

static struct gic_rule bank_rule(const struct bank *bank, u32 offset, u32 size, const u32 *irqs)
{
	struct gic_rule rule = { bank->kind, 0, 0 };
	u32 count;

	/* Words, and bytes where an interrupt has one: other accesses may be an error on the bus. */
	if (size != 4 && (size != 1 || bank->bits != 8)) {
		rule.kind = GIC_REG_ZERO;
		return rule;
	}
	if (!bank->bits)
		return rule;
	rule.intid = (offset - bank->start) * 8 / bank->bits;
	/* How private interrupts are triggered and where they go is fixed; what one CPU writes may be common to all. */
	if ((bank->bits == 2 || bank->kind == GIC_REG_TARGETS) && rule.intid < 32) {
		rule.kind = GIC_REG_READ_ONLY;
		return rule;
	}
	if (bank->bits == 1) {
		rule.mask = irqs[rule.intid / 32];
		return rule;
	}
	count = size * 8 / bank->bits;
	rule.mask = spread(irqs[rule.intid / 32] >> (rule.intid % 32), count, bank->bits);
	return rule;
}

struct gic_rule gic_rule_of(u32 offset, u32 size, const u32 *irqs)
{
	struct gic_rule rule = { GIC_REG_ZERO, 0, 0 };

	if (offset & (size - 1)) {
		rule.kind = GIC_REG_BAD;
	} else if (offset == GICD_SGIR && size == 4) {
		rule.kind = GIC_REG_SGI;
	} else if (offset < 0x1000) {
		rule = bank_rule(&banks[offset >> BANK_SHIFT], offset, size, irqs);
	} else if (offset >= GICD_ROUTERS_START && offset < GICD_ROUTERS_END && size >= 4) {
		rule.intid = (offset - GICD_ROUTERS_START) / 8;
		if (rule.intid >= 32 && bit_test(irqs, rule.intid))
			rule.kind = GIC_REG_ROUTE;
	} else if (offset >= GICD_IDS && size == 4) {
		rule.kind = GIC_REG_READ_ONLY;
	}
	return rule;
}

struct gic_rule gicr_rule_of(u32 offset, u32 size, const u32 *irqs)
{
	struct gic_rule rule = gic_rule_of(offset, size, irqs);

	/* What follows the private interrupts' fields is the extended PPIs' (GICv3.1; IHI 0069, 12.11), not the SPIs'. */
	if (rule.kind != GIC_REG_BAD && (offset >= 0x1000 || rule.intid >= 32))
		rule = (struct gic_rule){ GIC_REG_ZERO, 0, 0 };
	return rule;
}
