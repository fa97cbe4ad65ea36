// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Divisions of 64 bits that the compiler calls for on 32-bit CPUs, there being no libgcc. */
#include <jailhouse/types.h>

u64 __udivmoddi4(u64 value, u64 divisor, u64 *remainder);
u64 __udivdi3(u64 value, u64 divisor);
u64 __umoddi3(u64 value, u64 divisor);

/* Bit by bit. Whoever divides by zero gets ones, not an exception. */
u64 __udivmoddi4(u64 value, u64 divisor, u64 *remainder)
{
	u64 quotient = 0, rest = 0;
	int bit;

	for (bit = 63; bit >= 0; bit--) {
		bool carry = rest >> 63;

		rest = rest << 1 | (value >> bit & 1);
		quotient <<= 1;
		if (carry || rest >= divisor) {
			rest -= divisor;
			quotient |= 1;
		}
	}
	if (remainder)
		*remainder = rest;
	return quotient;
}

u64 __udivdi3(u64 value, u64 divisor)
{
	return __udivmoddi4(value, divisor, NULL);
}

u64 __umoddi3(u64 value, u64 divisor)
{
	u64 rest;

	__udivmoddi4(value, divisor, &rest);
	return rest;
}
