// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * PCI configuration space as the virtual host bridge of a cell shows it: memory-mapped (ECAM).
 * Bus 0 only: the cell is not told how many buses there are.
 */
#include <inmate.h>

#define ECAM_BUS_SIZE 0x100000UL
#define BDF_BUS(bdf)  ((bdf) >> 8)

static void *ecam; /* NULL: no host */

void pci_init(void)
{
	ecam = (void *)(unsigned long)comm_region->pci_mmconfig_base;
	if (ecam)
		map_range(ecam, ECAM_BUS_SIZE, MAP_UNCACHED);
}

static void *config_address(u16 bdf, unsigned int addr)
{
	if (!ecam || BDF_BUS(bdf) > 0)
		return NULL;
	return (u8 *)ecam + ((unsigned long)bdf << 12) + addr;
}

u32 pci_read_config(u16 bdf, unsigned int addr, unsigned int size)
{
	void *reg = config_address(bdf, addr);

	if (!reg)
		return size == 4 ? 0xffffffff : (1U << (8 * size)) - 1;
	return size == 1 ? mmio_read8(reg) : size == 2 ? mmio_read16(reg) : mmio_read32(reg);
}

void pci_write_config(u16 bdf, unsigned int addr, u32 value, unsigned int size)
{
	void *reg = config_address(bdf, addr);

	if (!reg)
		return;
	if (size == 1)
		mmio_write8(reg, value);
	else if (size == 2)
		mmio_write16(reg, value);
	else
		mmio_write32(reg, value);
}
