// SPDX-License-Identifier: GPL-2.0-only
/* The hardware's configuration space: by MMCONFIG where there is one, else by mechanism 1. */
#include <asm/pio.h>
#include <arch.h>
#include <paging.h>
#include <setup.h>

#define ADDRESS_PORT   0xcf8
#define DATA_PORT      0xcfc
#define ADDRESS_ENABLE 0x80000000
#define PORTS_SIZE     0x100 /* bytes of a function that mechanism 1 reaches */

static spinlock_t port_lock; /* from the write of the address to the access of the data */

static void carry_out_by_ports(u16 bdf, u32 reg, struct mmio_access *access)
{
	u16 port = DATA_PORT + (reg & 3);

	spin_lock(&port_lock);
	pio_write32(ADDRESS_PORT, ADDRESS_ENABLE | (u32)bdf << 8 | (reg & ~3));
	switch (access->size | (access->is_write ? 0x10 : 0)) {
	case 1:
		access->value = pio_read8(port);
		break;
	case 2:
		access->value = pio_read16(port);
		break;
	case 4:
		access->value = pio_read32(port);
		break;
	case 0x11:
		pio_write8(port, access->value);
		break;
	case 0x12:
		pio_write16(port, access->value);
		break;
	case 0x14:
		pio_write32(port, access->value);
	}
	spin_unlock(&port_lock);
}

static void carry_out(u16 bdf, u32 reg, struct mmio_access *access)
{
	u64 base = system_config->platform_info.pci_mmconfig_base;

	if (base && bdf >> 8 <= system_config->platform_info.pci_mmconfig_end_bus)
		arch_mmio_try(map_temporarily(TEMP_SLOT_MMIO,
					      base + (u64)bdf * PCI_CONFIG_SIZE + reg, true),
			      access);
	else if (reg < PORTS_SIZE)
		carry_out_by_ports(bdf, reg, access);
}

u32 arch_pci_read(u16 bdf, u32 reg, u32 size)
{
	struct mmio_access access = { .value = ~0U >> (32 - 8 * size), .size = size };

	carry_out(bdf, reg, &access);
	return access.value;
}

void arch_pci_write(u16 bdf, u32 reg, u32 size, u32 value)
{
	struct mmio_access access = { .value = value, .size = size, .is_write = true };

	carry_out(bdf, reg, &access);
}
