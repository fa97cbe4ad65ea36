// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/xcr0.c: which values XSETBV takes. */
#include "../unit.h"
#include <xcr0.h>

#define ALL 0x602ff /* x87, SSE, AVX, MPX, AVX-512, PKRU, AMX */

static void valid_values(void **state)
{
	static const u64 values[] = { 1, 3, 7, 0x1f, 0xe7, 0x201, 0x60003, 0x602ff };

	for (u32 n = 0; n < ARRAY_SIZE(values); n++) {
		assert_true(x86_xcr0_valid(values[n], ALL));
		/* Not on a CPU that lacks one of the bits. */
		for (u32 bit = 0; bit < 64; bit++)
			if (values[n] & BIT64(bit))
				assert_false(x86_xcr0_valid(values[n], ALL & ~BIT64(bit)));
	}
}

static void invalid_values(void **state)
{
	static const u64 values[] = {
		0,         2,
		6, /* x87 cannot be off */
		5, /* AVX without SSE */
		0xe3,      0xe1, /* AVX-512 without AVX */
		0x27,      0x47,
		0x87,      0xc7,
		0xa7,      0x67, /* parts of it */
		0xb,       0x13, /* parts of MPX */
		0x20003,   0x40003, /* parts of AMX */
		BIT64(63), BIT64(8) | 1,
	};

	for (u32 n = 0; n < ARRAY_SIZE(values); n++)
		assert_false(x86_xcr0_valid(values[n], ALL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rule_test(valid_values),
		rule_test(invalid_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
