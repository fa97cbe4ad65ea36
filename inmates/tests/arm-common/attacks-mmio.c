// SPDX-License-Identifier: GPL-2.0-only
/*
 * Odd accesses to a trapped device: by default the distributor, or addr=, which is then read and
 * written with zeroes. For most of these the CPU does not say what was accessed (ISV = 0). Right is
 * to do what the instruction says, or to end the cell; wrong is anything else.
 */
#include "attack_lists.h"
#include "attack_arch.h"
#include "mmio_attack.h"
#include <arch/gic.h>
#include <asm/mmu.h>

/* Two registers in a row whose values are known and never change: TYPER and IIDR. */
#define TARGET_OFFSET 4

/* Where a cell may reach a bus, but nothing answers; and addresses that nobody else uses. */
#define NOWHERE 0x0c000000UL
#define ALIAS   0x20000000UL

/* Of the library */
extern struct mmu_registers mmu_registers;

void *mmio_target(enum map_type type)
{
	enable_floating_point();
	return option_address(comm_region->gicd_base + TARGET_OFFSET, type);
}

/** What plain loads read at that offset from the target. */
static u64 plain(void *addr, unsigned long offset)
{
	return mmio_read32((u8 *)addr + offset);
}

void mmio_load(access_t access, unsigned long offset, long base_change)
{
	struct access_result result = { 0 };
	void *addr = mmio_target(MAP_UNCACHED);
	u64 expected = plain(addr, offset);

	access(addr, &result);
	survived(result.value);
	check("value", result.value, expected);
	check("base", result.base, (unsigned long)addr + base_change);
}

void mmio_load_two(access_t access, long base_change)
{
	struct access_result result = { 0 };
	void *addr = mmio_target(MAP_UNCACHED);
	u64 first = plain(addr, 0), second = plain(addr, 4);

	access(addr, &result);
	survived(result.value);
	check("first", result.value, first);
	check("second", result.second, second);
	check("base", result.base, (unsigned long)addr + base_change);
}

/* The target of stores: a register that sets bits, so that zeroes change nothing. */
void mmio_store(access_t access, long base_change)
{
	struct access_result result = { 0 };
	void *addr = option_address(comm_region->gicd_base + GICD_ISENABLER(32), MAP_UNCACHED);

	mmio_target(MAP_UNCACHED);
	access(addr, &result);
	survived(result.value);
	check("base", result.base, (unsigned long)addr + base_change);
}

LOAD(load_post_index, 0, 4)
LOAD(load_pre_index, 4, 4)
LOAD(load_exclusive, 0, 0)
LOAD_PAIR(load_pair, 0)
STORE(store_post_index, 4)
STORE(store_pre_index, 4)
STORE(store_pair, 0)
STORE(store_exclusive, 0)

static void load_signed_by(access_t access, long base_change)
{
	struct access_result result = { 0 };
	void *addr = mmio_target(MAP_UNCACHED);
	s8 byte = mmio_read8(addr);

	access(addr, &result);
	survived(result.value);
	check("value", result.value, (u64)(s64)byte);
	check("base", result.base, (unsigned long)addr + base_change);
}

static void load_signed(void)
{
	load_signed_by(access_load_signed, 0);
}

static void load_signed_post_index(void)
{
	load_signed_by(access_load_signed_post_index, 1);
}

/* The device is mapped as if it were memory: else the CPU itself would refuse these. */
static void unaligned(void)
{
	survived(mmio_read32((u8 *)mmio_target(MAP_CACHED) + 2));
}

static void unaligned_write(void)
{
	u8 *addr = option_address(comm_region->gicd_base + GICD_ISENABLER(32), MAP_CACHED);

	mmio_write32(addr + 2, 0);
	survived(0);
}

/* Half of it in the page behind the device. */
static void straddle(void)
{
	unsigned long last =
		comm_region->gicd_base + (comm_region->gic_version >= 3 ? 0x10000 : 0x1000);

	survived(mmio_read32((u8 *)option_address(last - 2, MAP_CACHED)));
}

static void clean_line(void)
{
	struct access_result result;

	access_clean_line(mmio_target(MAP_CACHED), &result);
	survived(0);
}

/* width=8|16|32|64 bits, write= to write; for registers and sub-page regions that allow other widths only. */
static void access_width(void)
{
	void *addr = mmio_target(MAP_UNCACHED);
	u64 value = cmdline_parse_int("value", 0);

	switch (cmdline_parse_int("width", 8) | (cmdline_parse_bool("write", false) ? 1 : 0)) {
	case 8:
		survived(mmio_read8(addr));
		break;
	case 16:
		survived(mmio_read16(addr));
		break;
	case 32:
		survived(mmio_read32(addr));
		break;
	case 64:
		survived(mmio_read64(addr));
		break;
	case 8 | 1:
		mmio_write8(addr, value);
		survived(value);
		break;
	case 16 | 1:
		mmio_write16(addr, value);
		survived(value);
		break;
	case 32 | 1:
		mmio_write32(addr, value);
		survived(value);
		break;
	case 64 | 1:
		mmio_write64(addr, value);
		survived(value);
		break;
	}
}

/* Executes what a device register holds. */
static void jump_mmio(void)
{
	((void (*)(void))mmio_target(MAP_CACHED))();
	survived(0);
}

static u64 *table_entry(unsigned long addr, unsigned int level)
{
	u64 *table = (u64 *)(unsigned long)mmu_registers.ttbr0, *entry;
	unsigned int n;

	for (n = FIRST_LEVEL;; n++) {
		entry = &table[(addr >> (39 - 9 * n)) % 512];
		if (n == level)
			return entry;
		table = (u64 *)((unsigned long)*entry & ~(PAGE_SIZE - 1));
	}
}

/*
 * Runs where the CPU still has the translation, but the tables are by now where nothing answers: who follows them, to see
 * the instruction, gets a bus error.
 */
static void lose_tables(void)
{
	struct access_result result = { 0 };
	unsigned long code = (unsigned long)access_lose_tables;
	void (*run)(void *, struct access_result *, u64 *, const u64 *) =
		(void *)(ALIAS + code % PAGE_SIZE);
	void *addr = (void *)((unsigned long)mmio_target(MAP_UNCACHED) & ~7UL);
	u64 nowhere = NOWHERE | 3; /* valid, a table */
	u64 *page;

	map_range((void *)ALIAS, PAGE_SIZE, MAP_CACHED);
	page = table_entry(ALIAS, 3);
	mmu_write_entry(page, *page - ALIAS + (code & ~(PAGE_SIZE - 1)));
	mmu_flush_page(ALIAS);
	run(addr, &result, table_entry(ALIAS, 2), &nowhere);
	survived(result.value);
}

const struct attack mmio_attacks[] = {
	{ "mmio-load-post-index", load_post_index },
	{ "mmio-load-pre-index", load_pre_index },
	{ "mmio-load-pair", load_pair },
	{ "mmio-load-signed", load_signed },
	{ "mmio-load-signed-post-index", load_signed_post_index },
	{ "mmio-load-exclusive", load_exclusive },
	{ "mmio-store-post-index", store_post_index },
	{ "mmio-store-pre-index", store_pre_index },
	{ "mmio-store-pair", store_pair },
	{ "mmio-store-exclusive", store_exclusive },
	{ "mmio-unaligned", unaligned },
	{ "mmio-unaligned-write", unaligned_write },
	{ "mmio-straddle", straddle },
	{ "mmio-clean-line", clean_line },
	{ "mmio-width", access_width },
	{ "mmio-jump", jump_mmio },
	{ "mmio-lose-tables", lose_tables },
	{ NULL, NULL },
};
