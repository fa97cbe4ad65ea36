// SPDX-License-Identifier: GPL-2.0-only
/* Odd accesses to a trapped device that only 64-bit CPUs have. */
#include "attack_lists.h"
#include "mmio_attack.h"
#include <arch/gic.h>

LOAD(load_acquire, 0, 0)
LOAD(load_fp, 0, 0)
LOAD_PAIR(load_pair_post_index, 8)

/*
 * 64-bit and 128-bit loads need natural alignment: they start 4 bytes lower. Registers of 32 bits
 * need not answer them; but all loads of 64 bits get the same.
 */
static void load_wide(access_t access, unsigned long align)
{
	struct access_result result = { 0 };
	void *addr = (void *)((unsigned long)mmio_target(MAP_UNCACHED) & ~(align - 1));
	u64 low = mmio_read64(addr);

	access(addr, &result);
	survived(result.value);
	check("first", result.value, low);
	check("base", result.base, (unsigned long)addr);
}

static void load_pair64(void)
{
	load_wide(access_load_pair64, 8);
}

static void load_simd(void)
{
	load_wide(access_load_simd, 16);
}

static void store_simd(void)
{
	struct access_result result = { 0 };
	void *addr = option_address(comm_region->gicd_base + GICD_ISENABLER(0), MAP_UNCACHED);

	mmio_target(MAP_UNCACHED);
	access_store_simd(addr, &result);
	survived(0);
}

static void zero_block(void)
{
	struct access_result result;

	access_zero_block(mmio_target(MAP_CACHED), &result);
	survived(0);
}

const struct attack mmio_arch_attacks[] = {
	{ "mmio-load-acquire", load_acquire },
	{ "mmio-load-fp", load_fp },
	{ "mmio-load-pair-post-index", load_pair_post_index },
	{ "mmio-load-pair64", load_pair64 },
	{ "mmio-load-simd", load_simd },
	{ "mmio-store-simd", store_simd },
	{ "mmio-zero-block", zero_block },
	{ NULL, NULL },
};
