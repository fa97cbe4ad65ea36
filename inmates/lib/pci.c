// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Finding PCI devices and their capabilities, whatever the way to configuration space. */
#include <inmate.h>

#define PCI_CFG_VENDOR_ID 0x000
#define PCI_CFG_DEVICE_ID 0x002
#define PCI_CFG_STATUS    0x006
#define PCI_STS_CAPS      (1 << 4)
#define PCI_CFG_CAP_PTR   0x034

/* Capabilities are 4 bytes at least: more of them than this are a loop. */
#define PCI_CAPS_MAX 64

static bool id_matches(u16 bdf, unsigned int addr, u16 id)
{
	return id == PCI_ID_ANY || pci_read_config(bdf, addr, 2) == id;
}

int pci_find_device(u16 vendor, u16 device, u16 start_bdf)
{
	unsigned int bdf;

	for (bdf = start_bdf; bdf < 0x10000; bdf++) {
		if (pci_read_config(bdf, PCI_CFG_VENDOR_ID, 2) == 0xffff)
			continue;
		if (id_matches(bdf, PCI_CFG_VENDOR_ID, vendor) &&
		    id_matches(bdf, PCI_CFG_DEVICE_ID, device))
			return bdf;
	}
	return -1;
}

int pci_find_cap(u16 bdf, u16 cap)
{
	unsigned int left = PCI_CAPS_MAX;
	u8 pos;

	if (!(pci_read_config(bdf, PCI_CFG_STATUS, 2) & PCI_STS_CAPS))
		return -1;
	for (pos = pci_read_config(bdf, PCI_CFG_CAP_PTR, 1) & ~3; pos && left; left--) {
		if (pci_read_config(bdf, pos, 1) == cap)
			return pos;
		pos = pci_read_config(bdf, pos + 1, 1) & ~3;
	}
	return -1;
}
