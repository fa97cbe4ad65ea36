// SPDX-License-Identifier: GPL-2.0-only
/* The inmates' own division for 32-bit CPUs, against the host's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../inmates/lib/div64.c"

static const u64 values[] = {
	0,
	1,
	2,
	3,
	9,
	10,
	1000000007,
	0x7fffffff,
	0x80000000,
	0xffffffff,
	0x100000000,
	0x123456789abcdef0,
	0x7fffffffffffffff,
	0x8000000000000000,
	0x8000000000000001,
	0xffffffffffffffff,
};

static void check_one(u64 value, u64 divisor)
{
	u64 rest;

	assert_int_equal(__udivdi3(value, divisor), value / divisor);
	assert_int_equal(__umoddi3(value, divisor), value % divisor);
	assert_int_equal(__udivmoddi4(value, divisor, &rest), value / divisor);
	assert_int_equal(rest, value % divisor);
}

static void all_pairs(void **state)
{
	size_t n, m;

	for (n = 0; n < ARRAY_SIZE(values); n++)
		for (m = 1; m < ARRAY_SIZE(values); m++)
			check_one(values[n], values[m]);
}

static void remainder_is_optional(void **state)
{
	assert_int_equal(__udivmoddi4(100, 7, NULL), 14);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_pairs),
		cmocka_unit_test(remainder_is_optional),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
