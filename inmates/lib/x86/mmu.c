// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Page tables: addresses are mapped to themselves in pages of 2 MiB. 64-bit inmates have three
 * levels, 32-bit ones the lower two of them (PAE). Reference: Intel SDM 3, 4.4 and 4.5
 *
 *   47    39 38    30 29    21 20             0
 *  +--------+--------+--------+----------------+
 *  | level 0| level 1| level 2|     offset     |
 *  +--------+--------+--------+----------------+
 */
#include <inmate.h>

#define ENTRIES            512
#define LEVEL_SHIFT(level) (39 - 9 * (level))
#define LARGE_PAGE_MASK    (~(u64)(LARGE_PAGE_SIZE - 1))
#define PTE_ADDRESS        0x000ffffffffff000ULL
#define LAST_LEVEL         2

#ifdef __x86_64__
#define FIRST_LEVEL 0
#else
#define FIRST_LEVEL 1
#endif

extern u64 page_table_root[];

/* Level 1 has no bit for writing where it is the first: such bits are reserved then. */
static u64 table_flags(unsigned int level)
{
	return FIRST_LEVEL == 1 && level == 1 ? PTE_PRESENT : PTE_PRESENT | PTE_WRITABLE;
}

static u64 *next_table(u64 *entry, unsigned int level)
{
	if (!(*entry & PTE_PRESENT))
		*entry = (unsigned long)zalloc(PAGE_SIZE, PAGE_SIZE) | table_flags(level);
	return (u64 *)(unsigned long)(*entry & PTE_ADDRESS);
}

static void map_large_page(u64 addr, u64 flags)
{
	u64 *table = page_table_root;
	unsigned int level;

	for (level = FIRST_LEVEL; level < LAST_LEVEL; level++)
		table = next_table(&table[(addr >> LEVEL_SHIFT(level)) % ENTRIES], level);
	table[(addr >> LEVEL_SHIFT(LAST_LEVEL)) % ENTRIES] = addr | flags;
}

void map_range(void *start, unsigned long size, enum map_type map_type)
{
	u64 addr = (unsigned long)start & LARGE_PAGE_MASK;
	u64 end = (u64)(unsigned long)start + size;
	u64 flags = PTE_PRESENT | PTE_WRITABLE | PTE_LARGE;

	if (map_type == MAP_UNCACHED)
		flags |= PTE_CACHE_DISABLE | PTE_WRITE_THROUGH;
	for (; addr < end; addr += LARGE_PAGE_SIZE)
		map_large_page(addr, flags);
	/* Flushes the TLB of this CPU, and has PAE's level 1 read again. */
	write_cr3(read_cr3());
}
