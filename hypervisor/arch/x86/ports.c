// SPDX-License-Identifier: GPL-2.0-only
/* I/O ports: what a cell's configuration lists passes without an exit, but for the few that need a rule. */
#include <asm/pio.h>
#include <asm/x86.h>
#include <errno.h>
#include <page_pool.h>
#include <panic.h>
#include <pci.h>
#include <printk.h>
#include <setup.h>
#include <string.h>
#include <vcpu.h>

#define PORTS 0x10000

#define PCI_FIRST 0xcf8
#define PCI_LAST  0xcff

/* i8042: commands 0xf0 to 0xff pulse output lines, 0xd1 writes them: line 0 resets the machine. */
#define I8042_COMMAND            0x64
#define I8042_CMD_WRITE_OUTPUT   0xd1
#define I8042_CMD_FIRST_OF_PULSE 0xf0

#define PM_TIMER_PORTS 4

/* Amid those of PCI: resets the machine on most chipsets. */
#define RESET_CONTROL 0xcf9

static bool overlaps(const struct jailhouse_pio *pio, u32 first, u32 last)
{
	return pio->length && pio->base <= last && (u32)pio->base + pio->length > first;
}

#define for_each_pio(pio, desc)                \
	for ((pio) = jailhouse_cell_pio(desc); \
	     (pio) < jailhouse_cell_pio(desc) + (desc)->num_pio_regions; (pio)++)

static bool is_listed(const struct jailhouse_cell_desc *desc, u16 port, u32 size)
{
	const struct jailhouse_pio *pio;

	for_each_pio (pio, desc)
		if (port >= pio->base && port + size <= (u32)pio->base + pio->length)
			return true;
	return false;
}

/** Do the root cell's ranges, taken together, contain all of pio? */
static bool root_has(const struct jailhouse_pio *pio)
{
	for (u32 port = pio->base; port < (u32)pio->base + pio->length; port++)
		if (!is_listed(root_cell.config, port, 1))
			return false;
	return true;
}

static int refuse_ports(int err, const struct jailhouse_cell_desc *desc,
			const struct jailhouse_pio *pio, const char *why)
{
	return refuse(err, "ports 0x%x-0x%x of cell \"%s\" %s", pio->base,
		      pio->base + pio->length - 1, desc->name, why);
}

static const struct cell *find_owner(const struct jailhouse_pio *pio)
{
	const struct jailhouse_pio *other;
	const struct cell *cell;

	for_each_non_root_cell (cell)
		for_each_pio (other, cell->config)
			if (overlaps(other, pio->base, (u32)pio->base + pio->length - 1))
				return cell;
	return NULL;
}

int x86_ports_check_owners(const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_pio *pio;

	for_each_pio (pio, desc) {
		if (!root_has(pio))
			return refuse_ports(-EINVAL, desc, pio, "are not the root cell's");
		if (overlaps(pio, I8042_COMMAND, I8042_COMMAND))
			return refuse_ports(-EINVAL, desc, pio, "can reset the machine (0x64)");
		if (find_owner(pio))
			return refuse(-EBUSY, "ports 0x%x-0x%x belong to cell \"%s\"", pio->base,
				      pio->base + pio->length - 1, find_owner(pio)->config->name);
	}
	return 0;
}

int x86_ports_check(const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_pio *pio;

	for_each_pio (pio, desc) {
		if ((u32)pio->base + pio->length > PORTS)
			return refuse_ports(-EINVAL, desc, pio, "do not exist");
		if (overlaps(pio, PCI_FIRST, PCI_LAST))
			return refuse_ports(-EINVAL, desc, pio,
					    "cover those of PCI configuration, 0xcf8-0xcff");
	}
	return 0;
}

int x86_ports_check_system(const struct jailhouse_system *system)
{
	/* All cells have these. */
	struct jailhouse_pio timer = { system->platform_info.x86.pm_timer_address, PM_TIMER_PORTS };

	if (timer.base && overlaps(&timer, PCI_FIRST, PCI_LAST))
		return refuse(-EINVAL, "the PM timer cannot be at port 0x%x: 0xcf8-0xcff are PCI's",
			      timer.base);
	return x86_ports_check(&system->root_cell);
}

static void set_ports(u8 *bitmap, u32 first, u32 count, bool trap)
{
	for (u32 port = first; port < first + count; port++)
		if (trap)
			bitmap[port / 8] |= BIT(port % 8);
		else
			bitmap[port / 8] &= ~BIT(port % 8);
}

/** Those that always pass, or never. */
static void apply_exceptions(u8 *bitmap)
{
	/* Reading it harms nobody, and it cannot be written. */
	if (system_config->platform_info.x86.pm_timer_address)
		set_ports(bitmap, system_config->platform_info.x86.pm_timer_address, PM_TIMER_PORTS,
			  false);
	bitmap[I8042_COMMAND / 8] |= BIT(I8042_COMMAND % 8);
}

int x86_ports_init(struct cell *cell)
{
	const struct jailhouse_cell_desc *desc = cell->config;
	const struct jailhouse_pio *pio;
	u8 *bitmap = page_alloc(VCPU_PORT_PAGES);

	if (!bitmap)
		return -ENOMEM;
	memset(bitmap, 0xff, VCPU_PORT_PAGES * PAGE_SIZE);
	for_each_pio (pio, desc)
		set_ports(bitmap, pio->base, pio->length, false);
	apply_exceptions(bitmap);
	cell->arch.ports = bitmap;
	return 0;
}

void x86_ports_move(const struct cell *cell, bool take)
{
	const struct jailhouse_pio *pio;

	for_each_pio (pio, cell->config)
		set_ports(root_cell.arch.ports, pio->base, pio->length, take);
	apply_exceptions(root_cell.arch.ports);
}

void x86_ports_exit(struct cell *cell)
{
	if (cell->arch.ports)
		page_free(cell->arch.ports, VCPU_PORT_PAGES);
	cell->arch.ports = NULL;
}

static bool resets_machine(const struct mmio_access *access)
{
	u8 command = access->value;

	return access->is_write &&
	       (command == I8042_CMD_WRITE_OUTPUT || command >= I8042_CMD_FIRST_OF_PULSE);
}

/** The machine is the root cell's to reset, unless there are others. */
static bool may_reset(void)
{
	return this_cell() == &root_cell && num_cells == 1;
}

static bool access_i8042(struct mmio_access *access)
{
	if (!is_listed(this_cell()->config, I8042_COMMAND, 1) || access->size != 1)
		return false;
	if (!access->is_write)
		access->value = pio_read8(I8042_COMMAND);
	else if (!resets_machine(access) || may_reset())
		pio_write8(I8042_COMMAND, access->value);
	return true;
}

static bool reset_machine(const struct mmio_access *access)
{
	bool may = access->is_write && may_reset();

	if (may)
		pio_write8(RESET_CONTROL, access->value);
	return may;
}

/** What no rule allows: Linux finds an empty bus there, others have nothing to look for. */
static bool access_denied(u16 port, struct mmio_access *access)
{
	if (this_cell() != &root_cell) {
		guest_violation("%s of port 0x%x, size %u", access->is_write ? "write" : "read",
				port, access->size);
		return false;
	}
	access->value = ~0ULL;
	return true;
}

static bool carry_out(u16 port, struct mmio_access *access)
{
	if (port == RESET_CONTROL && access->size == 1)
		return reset_machine(access) || access_denied(port, access);
	if (port >= PCI_FIRST && port + access->size - 1 <= PCI_LAST)
		return pci_port_access(this_cell(), port, access);
	if (port == I8042_COMMAND && access_i8042(access))
		return true;
	return access_denied(port, access);
}

/** What IN puts into RAX. */
static u64 merge(u64 rax, u64 value, u32 size)
{
	u64 mask = MASK64(8 * size - 1, 0);

	return size == 4 ? (u32)value : (rax & ~mask) | (value & mask);
}

bool x86_handle_io(struct guest_regs *regs, const struct vcpu_io *io)
{
	u64 *rax = &regs->gpr[REG_RAX];
	struct mmio_access access = { .size = io->size,
				      .is_write = !io->in,
				      .value = *rax & MASK64(8 * io->size - 1, 0) };

	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_PIO);
	if (io->string) {
		guest_violation("string access to port 0x%x", io->port);
		return false;
	}
	if (!carry_out(io->port, &access))
		return false;
	if (io->in)
		*rax = merge(*rax, access.value, io->size);
	return true;
}
