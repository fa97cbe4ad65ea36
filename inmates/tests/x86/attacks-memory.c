// SPDX-License-Identifier: GPL-2.0-only
/* Reaching for memory that the cell does not have, or has for less. */
#include "attack_lists.h"

#define XAPIC      0xfee00000UL
#define IOMMU      0xfed80000UL
#define FLASH      0xffffff00UL
/* Above any guest-physical address, below the width that TCG's CPUs have. */
#define BEYOND_NPT 0xfd00000000UL

#define OPCODE_RET 0xc3

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

#define AT(name, access, addr) \
	static void name(void) \
	{                      \
		access(addr);  \
	}

AT(read_outside, read_from, ROOT_RAM)
AT(write_outside, write_to, ROOT_RAM)
AT(jump_outside, jump_to, ROOT_RAM)
AT(read_hypervisor, read_from, HYPERVISOR)
AT(write_hypervisor, write_to, HYPERVISOR)
AT(jump_hypervisor, jump_to, HYPERVISOR)
AT(read_beyond, read_from, BEYOND_NPT)
AT(read_xapic, read_from, XAPIC)
AT(write_xapic, write_to, XAPIC + 0x300)
AT(read_iommu, read_from, IOMMU)
AT(read_flash, read_from, FLASH)

/* Half of it within the cell. */
static void straddle(void)
{
	survived(mmio_read32((u8 *)option_address(COMM_REGION_BASE + PAGE_SIZE - 2, MAP_CACHED)));
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

/* The communication region may be read and written only; 'ret' is put there as bait. */
static void jump_comm(void)
{
	u8 *bait = (u8 *)(COMM_REGION_BASE + PAGE_SIZE - 16);

	*(volatile u8 *)bait = OPCODE_RET;
	((void (*)(void))bait)();
	survived(0);
}

/* Has the CPU itself read "page tables" out there. */
static void walk_outside(void)
{
	unsigned long cr3 = read_cr3();

	write_cr3(cmdline_parse_int("addr", HYPERVISOR));
	write_cr3(cr3);
	survived(0);
}

/* Has it read them from the communication region and read-only memory: accessed bits need writing. */
static void walk_readonly(void)
{
	unsigned long cr3 = read_cr3();
	unsigned long table = cmdline_parse_int("addr", 0);

	if (!table) {
		check("option addr=", 0, 1);
		return;
	}
	write_cr3(table);
	write_cr3(cr3);
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
	{ "read-xapic", read_xapic },
	{ "write-xapic", write_xapic },
	{ "read-iommu", read_iommu },
	{ "read-flash", read_flash },
	{ "read-straddle", straddle },
	{ "write-readonly", write_readonly },
	{ "jump-comm", jump_comm },
	{ "walk-outside", walk_outside },
	{ "walk-readonly", walk_readonly },
	{ "scribble-comm", scribble_comm },
	{ NULL, NULL },
};
