// SPDX-License-Identifier: GPL-2.0-only
/* Reaching for memory that the cell does not have, or has for less. */
#include "attack_lists.h"
#include "attack_arch.h"

/* On qemu-arm64 and qemu-arm: Linux's RAM, and the hypervisor. */
#define ROOT_RAM   0x40000000UL
#define HYPERVISOR 0x7fc00000UL

static void read_from(unsigned long addr)
{
	survived(mmio_read32(option_address(addr, MAP_CACHED)));
}

static void write_to(unsigned long addr)
{
	void *target = option_address(addr, MAP_CACHED);

	mmio_write32(target, 0xdeadbeef);
	survived(mmio_read32(target));
}

static void jump_to(unsigned long addr)
{
	((void (*)(void))option_address(addr, MAP_CACHED))();
	survived(0);
}

static void read_outside(void)
{
	read_from(ROOT_RAM);
}

static void write_outside(void)
{
	write_to(ROOT_RAM);
}

static void jump_outside(void)
{
	jump_to(ROOT_RAM);
}

static void read_hypervisor(void)
{
	read_from(HYPERVISOR);
}

static void write_hypervisor(void)
{
	write_to(HYPERVISOR);
}

static void jump_hypervisor(void)
{
	jump_to(HYPERVISOR);
}

static void read_beyond(void)
{
	read_from(BEYOND_STAGE_2);
}

/* There is no read-only region in every cell: addr= is needed. */
static void write_readonly(void)
{
	void *target = option_address(0, MAP_CACHED);

	if (!target) {
		check("option addr=", 0, 1);
		return;
	}
	printk("read 0x%x\n", mmio_read32(target));
	mmio_write32(target, 0xdeadbeef);
	survived(mmio_read32(target));
}

/* The communication region may be read and written only; an instruction that returns is put there as bait. */
static void jump_comm(void)
{
	u32 *bait = (u32 *)(COMM_REGION_BASE + PAGE_SIZE - 16);

	*bait = RETURN_INSTRUCTION;
	dcache_clean(bait, sizeof(*bait));
	drop_instruction(bait);
	((void (*)(void))bait)();
	survived(0);
}

/* Has the CPU itself read "page tables" out there. */
static void walk_outside(void)
{
	use_tables_once(cmdline_parse_int("addr", HYPERVISOR));
	survived(0);
}

/* Its own page: the hypervisor must not stumble over what it finds there. */
static void scribble_comm(void)
{
	memset(comm_region, 0xff, PAGE_SIZE);
	survived(0);
	while (1)
		cpu_relax();
}

const struct attack memory_attacks[] = {
	{ "read-outside", read_outside },
	{ "write-outside", write_outside },
	{ "jump-outside", jump_outside },
	{ "read-hypervisor", read_hypervisor },
	{ "write-hypervisor", write_hypervisor },
	{ "jump-hypervisor", jump_hypervisor },
	{ "read-beyond", read_beyond },
	{ "write-readonly", write_readonly },
	{ "jump-comm", jump_comm },
	{ "walk-outside", walk_outside },
	{ "scribble-comm", scribble_comm },
	{ NULL, NULL },
};
