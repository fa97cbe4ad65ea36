// SPDX-License-Identifier: GPL-2.0-only
/* Which values XSETBV takes (Intel SDM 1, 13.3; AMD APM 2, 11.5.2). Pure. */
#include <xcr0.h>

#define X87    BIT64(0)
#define SSE    BIT64(1)
#define AVX    BIT64(2)
#define MPX    MASK64(4, 3)
#define AVX512 MASK64(7, 5)
#define AMX    MASK64(18, 17)

static bool all_or_none(u64 value, u64 mask)
{
	return !(value & mask) || (value & mask) == mask;
}

bool x86_xcr0_valid(u64 value, u64 supported)
{
	if ((value & ~supported) || !(value & X87))
		return false;
	if ((value & AVX) && !(value & SSE))
		return false;
	if ((value & AVX512) && !(value & AVX))
		return false;
	return all_or_none(value, MPX) && all_or_none(value, AVX512) && all_or_none(value, AMX);
}
