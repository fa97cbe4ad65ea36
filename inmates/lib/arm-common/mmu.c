// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Page tables: addresses are mapped to themselves, in 4 KiB pages. The 32-bit format (LPAE) is the 64-bit one
 * without level 0.
 *
 *   43    39 38    30 29    21 20    12 11      0
 *  +--------+--------+--------+--------+---------+
 *  | level 0| level 1| level 2| level 3|  offset |
 *  +--------+--------+--------+--------+---------+
 */
#include <inmate.h>
#include <asm/mmu.h>

#define ENTRIES            512
#define ROOT_ENTRIES       (1 << (VA_BITS - LEVEL_SHIFT(FIRST_LEVEL)))
#define PAGE_MASK          (~(PAGE_SIZE - 1))
#define LEVEL_SHIFT(level) (39 - 9 * (level))
#define BLOCK_SIZE         (1UL << LEVEL_SHIFT(2))

/*
 * Descriptors. Reference: Arm DDI 0487, "VMSAv8-64 translation table format descriptors" and
 * "VMSAv8-32 Long-descriptor Translation Table format descriptors"
 */
#define PTE_VALID         (1ULL << 0)
#define PTE_TABLE_OR_PAGE (1ULL << 1) /* 0 is a block */
#define PTE_ATTR_INDEX(n) ((u64)(n) << 2)
#define PTE_INNER_SHARED  (3ULL << 8)
#define PTE_ACCESSED      (1ULL << 10)
#define PTE_NO_EXECUTE    (3ULL << 53) /* at EL0 and EL1 */
#define PTE_ADDRESS       0x0000fffffffff000ULL

/* Memory attributes, by index */
#define MAIR_CACHED 0
#define MAIR_DEVICE 1
#define MAIR_VALUE  (0xffUL << (8 * MAIR_CACHED) | 0x04UL << (8 * MAIR_DEVICE))

/* How tables are read, in TCR_EL1 and TTBCR */
#define TCR_WALKS_CACHED (1UL << 8 | 1UL << 10) /* inner and outer write-back */
#define TCR_WALKS_SHARED (3UL << 12)
#define TCR_NO_TTBR1     (1UL << 23)

/* Of the cache type register: log2 of the words in the smallest line. */
#define CTR_DMINLINE(ctr) ((ctr) >> 16 & 0xf)

extern u8 __image_start[];

extern struct mmu_registers mmu_registers;
struct mmu_registers mmu_registers;

static u64 root_table[ROOT_ENTRIES] __attribute__((aligned(ROOT_ENTRIES * sizeof(u64))));

static u64 leaf_attributes(enum map_type type)
{
	if (type == MAP_CACHED)
		return PTE_VALID | PTE_ACCESSED | PTE_INNER_SHARED | PTE_ATTR_INDEX(MAIR_CACHED);
	return PTE_VALID | PTE_ACCESSED | PTE_NO_EXECUTE | PTE_ATTR_INDEX(MAIR_DEVICE);
}

static u64 *new_table(void)
{
	u64 *table = zalloc(PAGE_SIZE, PAGE_SIZE);

	/* Empty before anything points to it. */
	asm volatile("dsb ishst" : : : "memory");
	return table;
}

static bool is_block(u64 level2_entry)
{
	return (level2_entry & (PTE_VALID | PTE_TABLE_OR_PAGE)) == PTE_VALID;
}

/** Returns the entry of that level for the address, making the tables above it; there must be no block. */
static u64 *walk_to(unsigned long addr, unsigned int target_level)
{
	u64 *table = root_table, *entry;
	unsigned int level;

	for (level = FIRST_LEVEL;; level++) {
		entry = &table[(addr >> LEVEL_SHIFT(level)) % ENTRIES];
		if (level == target_level)
			return entry;
		if (!(*entry & PTE_VALID))
			*entry = (unsigned long)new_table() | PTE_VALID | PTE_TABLE_OR_PAGE;
		table = (u64 *)(unsigned long)(*entry & PTE_ADDRESS);
	}
}

static void set_entry(u64 *entry, unsigned long addr, u64 value)
{
	if (*entry == value)
		return;
	if (*entry & PTE_VALID) {
		/* The architecture demands a break before the new mapping is made. */
		mmu_write_entry(entry, 0);
		mmu_flush_page(addr);
	}
	mmu_write_entry(entry, value);
	asm volatile("dsb ishst; isb" : : : "memory");
}

/** Replaces a block by a table of pages that say the same. */
static void split_block(u64 *entry, unsigned long addr)
{
	u64 *table = new_table();
	u64 page = *entry | PTE_TABLE_OR_PAGE;
	unsigned int n;

	for (n = 0; n < ENTRIES; n++, page += PAGE_SIZE)
		table[n] = page;
	set_entry(entry, addr, (unsigned long)table | PTE_VALID | PTE_TABLE_OR_PAGE);
}

/*
 * Devices are mapped generously, as CPUs do not reach for a device by themselves: a table for
 * each would not fit into a small cell.
 */
static bool fits_block(unsigned long addr, unsigned long size, u64 entry, enum map_type type)
{
	if (entry & PTE_VALID)
		return false;
	return type == MAP_UNCACHED || (addr % BLOCK_SIZE == 0 && size >= BLOCK_SIZE);
}

/** Maps one page, or one block where that is possible. Returns how much of the range is done. */
static unsigned long map_one(unsigned long addr, unsigned long size, enum map_type type)
{
	u64 attributes = leaf_attributes(type);
	unsigned long block = addr & ~(BLOCK_SIZE - 1);
	u64 *entry = walk_to(addr, 2);

	if (fits_block(addr, size, *entry, type))
		set_entry(entry, block, block | attributes);
	if (is_block(*entry) && (*entry & ~PTE_ADDRESS) == attributes)
		return block + BLOCK_SIZE - addr;

	if (is_block(*entry))
		split_block(entry, block);
	set_entry(walk_to(addr, 3), addr, addr | attributes | PTE_TABLE_OR_PAGE);
	return PAGE_SIZE;
}

void map_range(void *start, unsigned long size, enum map_type map_type)
{
	u64 addr = (unsigned long)start & PAGE_MASK;
	u64 end = (u64)(unsigned long)start + size;

	while (addr < end)
		addr += map_one(addr, end - addr, map_type);
}

/* The inmate's memory is mapped in pages: a block could not be split while code runs in it. */
void map_init(void)
{
	unsigned long addr = (unsigned long)__image_start;
	unsigned long end = (addr | (BLOCK_SIZE - 1)) + 1;

	for (; addr < end; addr += PAGE_SIZE)
		map_one(addr, PAGE_SIZE, MAP_CACHED);
	map_range((void *)COMM_REGION_BASE, PAGE_SIZE, MAP_CACHED);
	mmu_set_registers(&mmu_registers, MAIR_VALUE,
			  TCR_WALKS_CACHED | TCR_WALKS_SHARED | TCR_NO_TTBR1, root_table);
}

void dcache_clean(const void *start, unsigned long size)
{
	unsigned long line = 4UL << CTR_DMINLINE(dcache_read_type());
	unsigned long addr = (unsigned long)start & ~(line - 1);

	for (; addr < (unsigned long)start + size; addr += line)
		dcache_clean_line(addr);
	asm volatile("dsb sy" : : : "memory");
}
