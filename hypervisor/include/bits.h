/* SPDX-License-Identifier: GPL-2.0-only */
/* Bits, pages, and arithmetic on ranges that cannot wrap. */
#ifndef BITS_H
#define BITS_H

#include <jailhouse/types.h>

#define PAGE_SHIFT   12
#define PAGE_SIZE    (1UL << PAGE_SHIFT)
#define PAGE_MASK    (~(u64)(PAGE_SIZE - 1))
#define PAGES(bytes) (((bytes) + PAGE_SIZE - 1) >> PAGE_SHIFT)

#define SZ_64K 0x10000UL
#define SZ_2M  0x200000UL
#define SZ_1G  0x40000000UL

#define BIT(n)                  (1U << (n))
#define BIT64(n)                (1ULL << (n))
/** Mask with bits low to high set, both included; 0 <= low <= high <= 63. */
#define MASK64(high, low)       ((~0ULL >> (63 - (high))) & (~0ULL << (low)))
/** The value of the bit field that mask selects. */
#define FIELD(mask, value)      (((value) & (mask)) / ((mask) & -(mask)))
/** The value placed where mask selects. */
#define FIELD_PREP(mask, value) (((value) * ((mask) & -(mask))) & (mask))

#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

static inline u64 page_down(u64 address)
{
	return address & PAGE_MASK;
}

static inline u64 page_up(u64 address)
{
	return (address + PAGE_SIZE - 1) & PAGE_MASK;
}

static inline bool page_aligned(u64 value)
{
	return (value & ~PAGE_MASK) == 0;
}

/** True if start + size passes the end of the address space. */
static inline bool range_wraps(u64 start, u64 size)
{
	return size != 0 && start + size - 1 < start;
}

/** True if the non-wrapping ranges share a byte; empty ranges share nothing. */
static inline bool ranges_overlap(u64 a, u64 a_size, u64 b, u64 b_size)
{
	return a_size && b_size && a <= b + (b_size - 1) && b <= a + (a_size - 1);
}

/** True if the non-wrapping range [a, a + a_size) lies within [b, b + b_size); a_size > 0. */
static inline bool range_within(u64 a, u64 a_size, u64 b, u64 b_size)
{
	return a >= b && a_size <= b_size && a - b <= b_size - a_size;
}

static inline bool bit_test(const u32 *bitmap, u32 n)
{
	return (bitmap[n / 32] >> (n % 32)) & 1;
}

static inline void bit_set(u32 *bitmap, u32 n)
{
	bitmap[n / 32] |= BIT(n % 32);
}

static inline void bit_clear(u32 *bitmap, u32 n)
{
	bitmap[n / 32] &= ~BIT(n % 32);
}

#endif
