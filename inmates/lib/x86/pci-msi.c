// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Message-signalled interrupts to the calling CPU. References: PCI 3.0, 6.8; Intel SDM 3, 11.11 */
#include <inmate.h>

#define PCI_CFG_BAR(n)  (0x10 + 4 * (n))
#define PCI_BARS        6
#define BAR_IO          (1U << 0)
#define BAR_TYPE_MASK   0x6U
#define BAR_64BIT       0x4U
#define BAR_MEMORY_MASK (~0xfU)

#define CAP_ID_MSI  0x05
#define CAP_ID_MSIX 0x11
#define CAP_CONTROL 2

#define MSI_ADDRESS         4
#define MSI_CONTROL_ENABLE  (1U << 0)
#define MSI_CONTROL_64BIT   (1U << 7)
#define MSI_CONTROL_VECTORS 0x70U

#define MSIX_TABLE          4
#define MSIX_TABLE_BAR      0x7U
#define MSIX_CONTROL_MASK   (1U << 14)
#define MSIX_CONTROL_ENABLE (1U << 15)
#define MSIX_ENTRY_SIZE     16
#define MSIX_ENTRY_DATA     8
#define MSIX_ENTRY_CONTROL  12

static u32 message_address(void)
{
	return 0xfee00000 | cpu_id() << 12;
}

static u64 bar_address(u16 bdf, unsigned int bar)
{
	u32 low = pci_read_config(bdf, PCI_CFG_BAR(bar), 4);
	u64 high = 0;

	if (low & BAR_IO)
		return 0;
	if ((low & BAR_TYPE_MASK) == BAR_64BIT && bar + 1 < PCI_BARS)
		high = pci_read_config(bdf, PCI_CFG_BAR(bar + 1), 4);
	return high << 32 | (low & BAR_MEMORY_MASK);
}

void *pci_map_bar(u16 bdf, unsigned int bar, unsigned long size)
{
	u64 addr = bar_address(bdf, bar);

	if (!addr || addr != (unsigned long)addr)
		return NULL;
	map_range((void *)(unsigned long)addr, size, MAP_UNCACHED);
	return (void *)(unsigned long)addr;
}

void pci_msi_set_vector(u16 bdf, unsigned int vector)
{
	int cap = pci_find_cap(bdf, CAP_ID_MSI);
	unsigned int data = cap + MSI_ADDRESS + 4;
	u32 control;

	if (cap < 0)
		return;
	control = pci_read_config(bdf, cap + CAP_CONTROL, 2);
	pci_write_config(bdf, cap + MSI_ADDRESS, message_address(), 4);
	if (control & MSI_CONTROL_64BIT) {
		pci_write_config(bdf, data, 0, 4);
		data += 4;
	}
	pci_write_config(bdf, data, vector, 2);
	control &= ~MSI_CONTROL_VECTORS;
	pci_write_config(bdf, cap + CAP_CONTROL, control | MSI_CONTROL_ENABLE, 2);
}

void pci_msix_set_vector(u16 bdf, unsigned int vector, u32 index)
{
	int cap = pci_find_cap(bdf, CAP_ID_MSIX);
	u32 table, offset;
	u16 control;
	u8 *entry;

	if (cap < 0)
		return;
	table = pci_read_config(bdf, cap + MSIX_TABLE, 4);
	offset = (table & ~MSIX_TABLE_BAR) + index * MSIX_ENTRY_SIZE;
	entry = pci_map_bar(bdf, table & MSIX_TABLE_BAR, offset + MSIX_ENTRY_SIZE);
	if (!entry)
		return;
	entry += offset;
	control = pci_read_config(bdf, cap + CAP_CONTROL, 2) & ~MSIX_CONTROL_MASK;
	pci_write_config(bdf, cap + CAP_CONTROL, control | MSIX_CONTROL_ENABLE, 2);
	mmio_write32(entry, message_address());
	mmio_write32(entry + 4, 0);
	mmio_write32(entry + MSIX_ENTRY_DATA, vector);
	mmio_write32(entry + MSIX_ENTRY_CONTROL, 0);
}
