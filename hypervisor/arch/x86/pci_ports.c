// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configuration mechanism 1 (PCI Local Bus 3.0, 3.2.2.3.2) as a cell sees it. Each cell has an address register of its own.
 *
 *    31  30       24 23     16 15    11 10    8 7       2 1 0
 *   +---+-----------+---------+--------+-------+---------+---+
 *   | 1 | reserved  |   bus   | device | funct | register| 0 |
 *   +---+-----------+---------+--------+-------+---------+---+
 */
#include <asm/x86.h>

#define ADDRESS_PORT   0xcf8
#define DATA_PORT      0xcfc
#define ADDRESS_ENABLE 0x80000000
/* Some bridges take more bits of the register's number there; ours does not. */
#define ADDRESS_UNUSED 0x7f000000
#define ADDRESS_BDF    0x00ffff00
#define ADDRESS_REG    0x000000fc

/** Nothing answers. */
static bool read_as_ones(struct mmio_access *access)
{
	if (!access->is_write)
		access->value = MASK64(8 * access->size - 1, 0);
	return true;
}

bool pci_port_access(struct cell *cell, u16 port, struct mmio_access *access)
{
	u32 address = cell->arch.pci.port_address;

	if (port == ADDRESS_PORT && access->size == 4) {
		if (access->is_write)
			cell->arch.pci.port_address = access->value;
		else
			access->value = address;
		return true;
	}
	/* Other accesses at the address register are not to it: reset control at 0xcf9, for one. */
	if (port < DATA_PORT || (address & (ADDRESS_ENABLE | ADDRESS_UNUSED)) != ADDRESS_ENABLE)
		return read_as_ones(access);
	/* What reaches beyond the port is not aligned. */
	return pci_config_access(cell, FIELD(ADDRESS_BDF, address),
				 (address & ADDRESS_REG) + (port - DATA_PORT), access);
}
