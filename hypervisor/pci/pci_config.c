// SPDX-License-Identifier: GPL-2.0-only
#include <bits.h>
#include <pci_config.h>
#include <string.h>

#define BYTE_BITS(n) (0xffU << (8 * (n)))

static bool is_bridge(const struct pci_device *device)
{
	return device->config->type == JAILHOUSE_PCI_TYPE_BRIDGE;
}

/*
 * Writable bits of each word of the header. Bits of the status registers that a 1 clears are among them, all of them: none is
 * cleared by what pci_merge() keeps.
 *   command: I/O, memory, master, write and invalidate, parity, SERR, INTx disable. Status: errors.
 *   0x0c: cache line size, latency timer. 0x3c: interrupt line.
 * A bridge's bus numbers and windows stay, and so does all of its control register (it can reset what is behind it) but
 * for parity and SERR.
 */
static u32 header_bits(const struct pci_device *device, u32 reg)
{
	switch (reg) {
	case PCI_COMMAND:
		return 0xf9000557;
	case PCI_CACHE_LINE:
		return 0x0000ffff;
	case PCI_INTERRUPT_LINE:
		return is_bridge(device) ? 0x000300ff : 0x000000ff;
	default:
		return 0;
	}
}

/* --- BARs ----------------------------------------------------------------------------------- */

u32 pci_num_bars(const struct pci_device *device)
{
	return is_bridge(device) ? 2 : PCI_BARS;
}

u32 pci_bar_at(const struct pci_device *device, u32 reg)
{
	u32 n = (reg - PCI_BAR0) / 4;

	return reg >= PCI_BAR0 && n < pci_num_bars(device) ? n : PCI_BARS;
}

bool pci_bar_range(const struct pci_device *device, u32 n, u64 *start, u64 *size)
{
	u64 bar, mask;

	if (n >= PCI_BARS || (device->bar_home[n] & PCI_BAR_IO))
		return false;
	bar = device->bar_home[n];
	mask = device->config->bar_mask[n] | MASK64(63, 32);
	if ((bar & PCI_BAR_MEM_TYPE) == PCI_BAR_MEM_64) {
		if (n + 1 >= pci_num_bars(device))
			return false;
		bar |= (u64)device->bar_home[n + 1] << 32;
		mask = device->config->bar_mask[n] | (u64)device->config->bar_mask[n + 1] << 32;
	}
	mask &= ~(u64)PCI_BAR_MEM_FLAGS;
	*start = bar & ~(u64)PCI_BAR_MEM_FLAGS;
	*size = mask & -mask;
	return device->config->bar_mask[n];
}

bool pci_bar_write(struct pci_device *device, u32 n, u32 bits, u32 value)
{
	bits &= device->config->bar_mask[n];
	device->bar[n] = (device->bar[n] & ~bits) | (value & bits);
	return device->bar[n] == device->bar_home[n];
}

/* --- capabilities --------------------------------------------------------------------------- */

bool pci_in_msi(const struct pci_device *device, u32 reg)
{
	return device->msi.offset && reg - device->msi.offset < pci_msi_length(&device->msi);
}

bool pci_in_msix(const struct pci_device *device, u32 reg)
{
	return device->msix.offset && reg - device->msix.offset < PCI_MSIX_LENGTH;
}

/** Does the configuration let the cell write to the capability at that offset? */
static bool may_use(const struct pci_device *device, u8 id, u8 offset)
{
	for (u32 n = 0; !device->sealed && n < device->config->num_caps; n++)
		if (device->caps[n].id == id && device->caps[n].start == offset)
			return device->caps[n].flags & JAILHOUSE_PCICAPS_WRITE;
	return false;
}

void pci_limit(struct pci_device *device)
{
	const struct jailhouse_pci_device *config = device->config;
	struct pci_msi *msi = &device->msi;
	struct pci_msix *msix = &device->msix;
	u32 capable = FIELD(PCI_MSI_CAPABLE, msi->word[PCI_MSI_CONTROL]);

	msi->usable = msi->usable && config->num_msi_vectors &&
		      may_use(device, PCI_CAP_ID_MSI, msi->offset);
	capable = MIN(capable, pci_log2(config->num_msi_vectors));
	msi->word[PCI_MSI_CONTROL] = FIELD_PREP(PCI_MSI_CAPABLE, capable);
	msix->vectors = may_use(device, PCI_CAP_ID_MSIX, msix->offset) ?
				MIN(msix->vectors, config->num_msix_vectors) :
				0;
	msix->control = FIELD_PREP(PCI_MSIX_TABLE_SIZE, msix->vectors - 1U);
}

void pci_forget(struct pci_device *device)
{
	memcpy(device->bar, device->bar_home, sizeof(device->bar));
	pci_msi_reset(&device->msi);
	pci_msix_reset(&device->msix);
}

bool pci_is_forbidden(u16 id)
{
	switch (id) {
	case PCI_CAP_ID_MSI:
	case PCI_CAP_ID_MSIX:
	case PCI_CAP_ID_EA:
	case PCI_CAP_ID_SECDEV:
	case JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_ATS:
	case JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_SRIOV:
	case JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_PRI:
	case JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_REBAR:
	case JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_PASID:
		return true;
	default:
		return false;
	}
}

/*
 * What would cut off the functions behind a bridge, which may be another cell's: power state (PCI Power Management 1.2, 3.2.4), disabling and
 * retraining the link, the slot's power (PCI Express 3.0, 7.8.7 and 7.8.10).
 */
static u32 kept_by_bridge(const struct pci_device *device, u32 reg)
{
	if (device->power && reg == device->power + 0x04U)
		return 0x0003;
	if (device->express && reg == device->express + 0x10U)
		return 0x0030;
	return device->express && reg == device->express + 0x18U ? 0x0400 : 0;
}

/** Bits of the word at reg that lie in the capability. */
static u32 capability_bits(const struct jailhouse_pci_capability *cap, u32 reg)
{
	u32 bits = 0;

	if (!(cap->flags & JAILHOUSE_PCICAPS_WRITE) || pci_is_forbidden(cap->id))
		return 0;
	for (u32 n = 0; n < 4; n++)
		if (reg + n >= cap->start && reg + n < (u32)cap->start + cap->len)
			bits |= BYTE_BITS(n);
	return bits;
}

/* --- the whole ------------------------------------------------------------------------------ */

u32 pci_writable_bits(const struct pci_device *device, u32 reg)
{
	u32 bits = 0;

	if (device->sealed || pci_in_msi(device, reg) || pci_in_msix(device, reg) ||
	    bit_test(device->locked, reg / 4))
		return 0;
	if (reg < PCI_HEADER_END)
		return header_bits(device, reg);
	for (u32 n = 0; n < device->config->num_caps; n++)
		bits |= capability_bits(&device->caps[n], reg);
	return is_bridge(device) ? bits & ~kept_by_bridge(device, reg) : bits;
}

u32 pci_shadow_bits(const struct pci_device *device, u32 reg, u32 *value)
{
	u32 bits = 0, bar = pci_bar_at(device, reg);

	if (bar < PCI_BARS) {
		*value = device->bar[bar];
		return ~0U;
	}
	if (device->msi.usable && pci_in_msi(device, reg))
		*value = pci_msi_read(&device->msi, reg - device->msi.offset, &bits);
	else if (device->msix.vectors && pci_in_msix(device, reg))
		*value = pci_msix_read(&device->msix, reg - device->msix.offset, &bits);
	return bits;
}

u32 pci_merge(const struct pci_device *device, u32 reg, u32 old, u32 bits, u32 value)
{
	u32 merged = (old & ~bits) | (value & bits);

	/* Functions behind the bridge may be another cell's: it can be switched on, not off. */
	if (is_bridge(device) && reg == PCI_COMMAND)
		merged |= old & (PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
	return merged;
}
