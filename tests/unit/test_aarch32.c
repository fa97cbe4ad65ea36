// SPDX-License-Identifier: GPL-2.0-only
/* arch/arm-common/aarch32_rules.c: conditions, IT blocks, and what of coprocessors 14 and 15 a guest may reach. */
#include "unit.h"
#include <aarch32_rules.h>

static bool by_name(u32 cond, bool n, bool z, bool c, bool v)
{
	/* EQ, NE, CS, CC, MI, PL, VS, VC, HI, LS, GE, LT, GT, LE, AL */
	const bool holds[] = { z,    !z,      c,       !c,     n,      !n,           v,
			       !v,   c && !z, !c || z, n == v, n != v, !z && n == v, z || n != v,
			       true, true };

	return holds[cond];
}

static void conditions(void **state)
{
	for (u32 cond = 0; cond < 16; cond++)
		for (u32 flags = 0; flags < 16; flags++)
			assert_int_equal(aarch32_condition_holds(cond, flags),
					 by_name(cond, flags & 8, flags & 4, flags & 2, flags & 1));
}

static u64 spsr_with_it(u32 it)
{
	return 0xf8000133 | (u64)(it & 3) << 25 | (u64)(it >> 2) << 10;
}

static void it_blocks(void **state)
{
	/* ITTEE EQ: its four instructions, and what is behind; ITE of another condition; no block. */
	static const u32 steps[][2] = { { 0x07, 0x0e }, { 0x0e, 0x1c }, { 0x1c, 0x18 },
					{ 0x18, 0x00 }, { 0xac, 0xb8 }, { 0xb8, 0x00 },
					{ 0x00, 0x00 } };

	for (u32 n = 0; n < ARRAY_SIZE(steps); n++)
		assert_true(aarch32_advance_it(spsr_with_it(steps[n][0])) ==
			    spsr_with_it(steps[n][1]));
}

static u64 syndrome(u32 class, u32 reg, bool is_read)
{
	return (u64) class << 26 | BIT64(25) | BIT64(24) | 14 << 20 | 3 << 5 | reg | is_read;
}

static enum cp_rule read_rule(u32 class, u32 reg)
{
	return cp_rule_of(syndrome(class, reg, true));
}

static enum cp_rule write_rule(u32 class, u32 reg)
{
	return cp_rule_of(syndrome(class, reg, false));
}

static void coprocessor_15(void **state)
{
	u32 actlr = CP_32(0, 1, 0, 1), l2ctlr = CP_32(1, 9, 0, 2), sre = CP_32(0, 12, 12, 5);

	assert_int_equal(read_rule(EC_CP15_32, actlr), CP_ACTLR);
	assert_int_equal(write_rule(EC_CP15_32, actlr), CP_ACTLR);
	assert_int_equal(read_rule(EC_CP15_32, l2ctlr), CP_L2CTLR);
	assert_int_equal(write_rule(EC_CP15_32, l2ctlr), CP_FORBIDDEN);
	assert_int_equal(read_rule(EC_CP15_32, sre), CP_ICC_SRE);
	assert_int_equal(write_rule(EC_CP15_32, sre), CP_ICC_SRE);
	/* SGI1R, ASGI1R, SGI0R */
	assert_int_equal(write_rule(EC_CP15_64, CP_64(0, 12)), CP_SGI1R);
	assert_int_equal(write_rule(EC_CP15_64, CP_64(1, 12)), CP_ZERO);
	assert_int_equal(write_rule(EC_CP15_64, CP_64(2, 12)), CP_ZERO);
	assert_int_equal(read_rule(EC_CP15_64, CP_64(0, 12)), CP_FORBIDDEN);
}

static void coprocessor_14(void **state)
{
	assert_int_equal(read_rule(EC_CP14_32, CP_32(0, 0, 0, 0)), CP_ZERO); /* DBGDIDR */
	assert_int_equal(write_rule(EC_CP14_32, CP_32(0, 1, 0, 4)), CP_ZERO); /* DBGOSLAR */
	assert_int_equal(read_rule(EC_CP14_32, CP_32(1, 0, 0, 0)), CP_FORBIDDEN); /* trace */
	assert_int_equal(read_rule(EC_CP14_64, CP_64(0, 1)), CP_ZERO); /* DBGDRAR */
	assert_int_equal(write_rule(EC_CP14_64, CP_64(0, 1)), CP_FORBIDDEN);
	assert_int_equal(read_rule(EC_CP14_64, CP_64(1, 1)), CP_FORBIDDEN);
}

/** Of all registers, no more is allowed than is listed above. */
static void nothing_else(void **state)
{
	u32 allowed = 0;

	for (u32 reg = 0; reg < BIT(20); reg += 2)
		if (!(reg & 0x3e0))
			allowed += (read_rule(EC_CP15_32, reg) != CP_FORBIDDEN) +
				   (write_rule(EC_CP15_32, reg) != CP_FORBIDDEN);
	assert_int_equal(allowed, 5);
	for (u32 op = 0; op < 256; op++)
		allowed += (read_rule(EC_CP15_64, CP_64(op >> 4, op & 15)) != CP_FORBIDDEN) +
			   (write_rule(EC_CP15_64, CP_64(op >> 4, op & 15)) != CP_FORBIDDEN);
	assert_int_equal(allowed, 5 + 3);
	for (u32 class = 0; class < 64; class ++)
		if (class != EC_CP15_32 && class != EC_CP15_64 && class != EC_CP14_32 &&
		    class != EC_CP14_64)
			assert_int_equal(read_rule(class, 0), CP_FORBIDDEN);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(conditions),     rule_test(it_blocks),    rule_test(coprocessor_15),
		rule_test(coprocessor_14), rule_test(nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
