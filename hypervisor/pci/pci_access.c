// SPDX-License-Identifier: GPL-2.0-only
/* Configuration space as a cell reads and writes it. */
#include <cell.h>
#include <pci_config.h>

/** The low bits of a value of that many bytes. */
static u32 size_bits(u32 size)
{
	return ~0U >> (32 - 8 * size);
}

static u32 read_config(const struct pci_device *device, u32 reg, u32 size)
{
	u32 shadow = 0, shift = 8 * (reg & 3);
	u32 bits = pci_shadow_bits(device, reg & ~3, &shadow) >> shift & size_bits(size);
	u32 value = shadow >> shift & bits;

	if (bits != size_bits(size))
		value |= arch_pci_read(device->config->bdf, reg, size) & ~bits;
	return value;
}

/** Write what may be written of the bytes at reg to the hardware. */
static void pass(const struct pci_device *device, u32 reg, u32 size, u32 value)
{
	u32 shift = 8 * (reg & 3), old = 0;
	u32 bits = pci_writable_bits(device, reg & ~3) >> shift & size_bits(size);

	if (!bits)
		return;
	if (bits != size_bits(size))
		old = arch_pci_read(device->config->bdf, reg, size);
	value = pci_merge(device, reg & ~3, old << shift, bits << shift, value << shift);
	arch_pci_write(device->config->bdf, reg, size, value >> shift);
}

static void write_config(struct pci_device *device, u32 reg, u32 size, u32 value)
{
	u32 word = reg & ~3, bar = pci_bar_at(device, word), shift = 8 * (reg & 3);
	u32 bits = size_bits(size) << shift;

	if (device->sealed)
		return;
	if (bar < PCI_BARS) {
		if (pci_bar_write(device, bar, bits, value << shift))
			arch_pci_write(device->config->bdf, word, 4, device->bar_home[bar]);
	} else if (device->msi.usable && pci_in_msi(device, word)) {
		pci_msi_write(&device->msi, word - device->msi.offset, bits, value << shift);
		pci_update_msi(device);
	} else if (device->msix.vectors && pci_in_msix(device, word)) {
		pci_msix_write(&device->msix, word - device->msix.offset, bits, value << shift);
		/* Each time, even if the same is written again: the function may have been reset. */
		pci_update_msix(device);
	} else {
		pass(device, reg, size, value);
		/* The table may be reached again. */
		if (word == PCI_COMMAND && pci_msix_active(&device->msix))
			pci_update_msix(device);
	}
}

bool pci_config_access(struct cell *cell, u16 bdf, u32 reg, struct mmio_access *access)
{
	struct pci_device *device = pci_find(cell, bdf);
	u32 size = access->size;

	if ((size != 1 && size != 2 && size != 4) || reg >= PCI_CONFIG_SIZE)
		return false;
	if (!device || (reg & (size - 1))) {
		if (!access->is_write)
			access->value = size_bits(size);
	} else if (access->is_write) {
		spin_lock(&cell->arch.pci.lock);
		write_config(device, reg, size, access->value);
		spin_unlock(&cell->arch.pci.lock);
	} else {
		access->value = read_config(device, reg, size);
	}
	return true;
}
