// SPDX-License-Identifier: GPL-2.0-only
/* The core's memory: per-CPU areas, then the page pool. */
#include "unit.h"
#include <page_pool.h>
#include <paging.h>

#define AREA_BYTES (TEST_CPUS * sizeof(struct per_cpu))
#define POOL_START ((AREA_BYTES + SZ_64K - 1) / SZ_64K * SZ_64K)

u8 fake_memory[POOL_START + POOL_PAGES * PAGE_SIZE] __attribute__((aligned(SZ_64K)));
u64 hv_phys = 0x7fc00000;

static u32 pool_bitmap[(POOL_PAGES + 31) / 32];

void reset_pool(u32 pages)
{
	assert_true(pages <= POOL_PAGES);
	memset(pool_bitmap, 0, sizeof(pool_bitmap));
	memset(fake_memory + POOL_START, 0, POOL_PAGES * PAGE_SIZE);
	page_pool_init(&mem_pool, HV_BASE + POOL_START, pages, pool_bitmap);
}
