// SPDX-License-Identifier: GPL-2.0-only
/* Odd accesses to a trapped device that only 32-bit CPUs have. */
#include "attack_lists.h"
#include "mmio_attack.h"
#include <arch/gic.h>

LOAD(load_scaled, 4, 4)
LOAD(load_fp, 0, 0)
LOAD(load_thumb, 0, 0)
LOAD(load_thumb_it, 0, 0)
LOAD(load_thumb_wide, 0, 0)
LOAD(load_conditional, 0, 0)
LOAD(load_swap, 0, 0)
LOAD_PAIR(load_multiple, 8)
STORE(store_multiple, 8)
STORE(store_thumb, 0)

/* These need alignment to 8 bytes. */
static void load_double(void)
{
	struct access_result result = { 0 };
	u8 *addr = (u8 *)((unsigned long)mmio_target(MAP_UNCACHED) & ~7UL);
	u32 first = mmio_read32(addr), second = mmio_read32(addr + 4);

	access_load_double(addr, &result);
	survived(result.value);
	check("first", result.value, first);
	check("second", result.second, second);
}

STORE(store_double, 0)

/* Executes what comes after a load into the program counter, which is not where it points to. */
static void load_pc(void)
{
	asm volatile("ldr pc, [%0]" : : "r"(mmio_target(MAP_UNCACHED)) : "memory");
	survived(0);
}

const struct attack mmio_arch_attacks[] = {
	{ "mmio-load-scaled", load_scaled },
	{ "mmio-load-fp", load_fp },
	{ "mmio-load-thumb", load_thumb },
	{ "mmio-load-thumb-it", load_thumb_it },
	{ "mmio-load-thumb-wide", load_thumb_wide },
	{ "mmio-load-conditional", load_conditional },
	{ "mmio-load-swap", load_swap },
	{ "mmio-load-multiple", load_multiple },
	{ "mmio-load-double", load_double },
	{ "mmio-load-pc", load_pc },
	{ "mmio-store-multiple", store_multiple },
	{ "mmio-store-double", store_double },
	{ "mmio-store-thumb", store_thumb },
	{ NULL, NULL },
};
