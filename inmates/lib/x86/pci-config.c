// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * PCI configuration space: by ports (mechanism 1; PCI 3.0, 3.2.2.3.2), memory-mapped only for
 * what lies beyond the first 256 bytes of a device.
 */
#include <inmate.h>
#include <asm/pio.h>

#define PORT_ADDRESS   0xcf8
#define PORT_DATA      0xcfc
#define ADDRESS_ENABLE 0x80000000

#define PORT_SPACE_SIZE 256

/* It has no state: each access names its device. */
void pci_init(void)
{
}

static u16 select_register(u16 bdf, unsigned int addr)
{
	outl(ADDRESS_ENABLE | (u32)bdf << 8 | (addr & ~3U), PORT_ADDRESS);
	return PORT_DATA + (addr & 3);
}

static void *mapped_register(u16 bdf, unsigned int addr)
{
	u8 *device = (u8 *)(unsigned long)comm_region->pci_mmconfig_base;

	if (!device)
		return NULL;
	device += (unsigned long)bdf << 12;
	map_range(device, PAGE_SIZE, MAP_UNCACHED);
	return device + addr;
}

static u32 read_mapped(void *reg, unsigned int size)
{
	if (!reg)
		return size == 4 ? 0xffffffff : (1U << (8 * size)) - 1;
	return size == 1 ? mmio_read8(reg) : size == 2 ? mmio_read16(reg) : mmio_read32(reg);
}

static void write_mapped(void *reg, u32 value, unsigned int size)
{
	if (!reg)
		return;
	if (size == 1)
		mmio_write8(reg, value);
	else if (size == 2)
		mmio_write16(reg, value);
	else
		mmio_write32(reg, value);
}

u32 pci_read_config(u16 bdf, unsigned int addr, unsigned int size)
{
	u16 port;

	if (addr >= PORT_SPACE_SIZE)
		return read_mapped(mapped_register(bdf, addr), size);
	port = select_register(bdf, addr);
	return size == 1 ? inb(port) : size == 2 ? inw(port) : inl(port);
}

void pci_write_config(u16 bdf, unsigned int addr, u32 value, unsigned int size)
{
	u16 port;

	if (addr >= PORT_SPACE_SIZE) {
		write_mapped(mapped_register(bdf, addr), value, size);
		return;
	}
	port = select_register(bdf, addr);
	if (size == 1)
		outb(value, port);
	else if (size == 2)
		outw(value, port);
	else
		outl(value, port);
}
