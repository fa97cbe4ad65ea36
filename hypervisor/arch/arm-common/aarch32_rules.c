// SPDX-License-Identifier: GPL-2.0-only
#include <aarch32_rules.h>

#define CP_64_MASK      CP_64(15, 15)
#define CP_32_MASK      CP_32(7, 15, 15, 7)
#define CP_32_OPC1(esr) FIELD(MASK64(16, 14), esr)
#define CP_64_OPC1(esr) FIELD(MASK64(19, 16), esr)
#define CP14_DEBUG      0 /* opc1: debug registers; others are trace and extensions */
#define CP15_SGI1R      CP_64(0, 12)
#define CP15_ASGI1R     CP_64(1, 12)
#define CP15_SGI0R      CP_64(2, 12)
#define CP15_ICC_SRE    CP_32(0, 12, 12, 5)
#define CP15_ACTLR      CP_32(0, 1, 0, 1)
#define CP15_L2CTLR     CP_32(1, 9, 0, 2)
#define COND_ALWAYS     14

bool aarch32_condition_holds(u32 cond, u32 flags)
{
	bool n = flags & 8, z = flags & 4, c = flags & 2, v = flags & 1;
	/* In pairs: the odd one is the contrary (DDI 0406C, A8.3). */
	const bool pairs[] = { z, c, n, v, c && !z, n == v, n == v && !z };

	return cond >= COND_ALWAYS || pairs[cond >> 1] != (cond & 1);
}

u64 aarch32_advance_it(u64 spsr)
{
	u64 it = FIELD(SPSR_IT_HIGH, spsr) << 2 | FIELD(SPSR_IT_LOW, spsr);

	it = (it & 7) ? (it & 0xe0) | ((it << 1) & 0x1f) : 0;
	return (spsr & ~(SPSR_IT_HIGH | SPSR_IT_LOW)) | FIELD_PREP(SPSR_IT_HIGH, it >> 2) |
	       FIELD_PREP(SPSR_IT_LOW, it & 3);
}

static enum cp_rule cp15_32_rule(u32 reg, bool is_read)
{
	switch (reg) {
	case CP15_ICC_SRE:
		return CP_ICC_SRE;
	case CP15_ACTLR:
		return CP_ACTLR;
	case CP15_L2CTLR:
		return is_read ? CP_L2CTLR : CP_FORBIDDEN;
	default:
		return CP_FORBIDDEN;
	}
}

/** Group 0 and the other security state have no interrupts here: nothing happens. */
static enum cp_rule cp15_64_rule(u32 reg, bool is_read)
{
	if (is_read)
		return CP_FORBIDDEN;
	if (reg == CP15_SGI1R)
		return CP_SGI1R;
	return reg == CP15_ASGI1R || reg == CP15_SGI0R ? CP_ZERO : CP_FORBIDDEN;
}

enum cp_rule cp_rule_of(u64 esr)
{
	bool is_read = esr & CP_READ;

	switch (ESR_EC(esr)) {
	case EC_CP15_32:
		return cp15_32_rule(esr & CP_32_MASK, is_read);
	case EC_CP15_64:
		return cp15_64_rule(esr & CP_64_MASK, is_read);
	/* Debug is the core's in non-root cells, but guests touch its registers routinely. */
	case EC_CP14_32:
		return CP_32_OPC1(esr) == CP14_DEBUG ? CP_ZERO : CP_FORBIDDEN;
	case EC_CP14_64:
		return CP_64_OPC1(esr) == CP14_DEBUG && is_read ? CP_ZERO : CP_FORBIDDEN;
	default:
		return CP_FORBIDDEN;
	}
}
