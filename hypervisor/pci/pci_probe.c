// SPDX-License-Identifier: GPL-2.0-only
/* What a function is and how Linux left it, read when the core is enabled. */
#include <errno.h>
#include <mmio.h>
#include <paging.h>
#include <pci_config.h>
#include <printk.h>
#include <string.h>

/* Capabilities are 4 bytes at least: more of them than this are a loop. */
#define MAX_CAPABILITIES     ((PCI_STANDARD_SIZE - PCI_HEADER_END) / 4)
#define MAX_EXT_CAPABILITIES ((PCI_CONFIG_SIZE - PCI_STANDARD_SIZE) / 4)

#define PCI_EXT_CAP_NEXT MASK64(31, 20)

static u32 read(const struct pci_device *device, u32 reg, u32 size)
{
	return arch_pci_read(device->config->bdf, reg, size);
}

/* --- capabilities in hardware --------------------------------------------------------------- */

static u32 first_capability(const struct pci_device *device)
{
	u32 at = read(device, PCI_CAP_POINTER, 1) & ~3U;

	return (read(device, PCI_STATUS, 2) & PCI_STATUS_CAPS) && at >= PCI_HEADER_END ? at : 0;
}

/** Functions without extended registers have anything there but a list. */
static u32 first_ext_capability(const struct pci_device *device)
{
	u32 header = read(device, PCI_STANDARD_SIZE, 4);

	return header && header != ~0U ? PCI_STANDARD_SIZE : 0;
}

/** Offset of the one behind that at offset at in its list; 0: it is the last. */
static u32 next_capability(const struct pci_device *device, u32 at)
{
	bool extended = at >= PCI_STANDARD_SIZE;
	u32 next =
		extended ? FIELD(PCI_EXT_CAP_NEXT, read(device, at, 4)) : read(device, at + 1, 1);

	next &= ~3U;
	return next >= (extended ? PCI_STANDARD_SIZE : PCI_HEADER_END) ? next : 0;
}

static u16 capability_id(const struct pci_device *device, u32 at)
{
	return at >= PCI_STANDARD_SIZE ? JAILHOUSE_PCI_EXT_CAP | read(device, at, 2) :
					 read(device, at, 1);
}

/** Offset of a capability in the hardware's standard list, 0 if it has none. */
static u8 find_in_hardware(const struct pci_device *device, u8 id)
{
	u32 at = first_capability(device);

	for (u32 left = MAX_CAPABILITIES; at && left; left--) {
		if (capability_id(device, at) == id)
			return at;
		at = next_capability(device, at);
	}
	return 0;
}

static void for_each_capability(struct pci_device *device,
				void (*act)(struct pci_device *device, u32 at))
{
	u32 at = first_capability(device);

	for (u32 left = MAX_CAPABILITIES; at && left; left--, at = next_capability(device, at))
		act(device, at);
	at = first_ext_capability(device);
	for (u32 left = MAX_EXT_CAPABILITIES; at && left; left--, at = next_capability(device, at))
		act(device, at);
}

/* Words where capabilities of the function that is probed begin. */
static u32 begins[PCI_CONFIG_SIZE / 4 / 32];

static void note_begin(struct pci_device *device, u32 at)
{
	(void)device;
	bit_set(begins, at / 4);
}

/** How long it is, its contents would tell; nothing of it is beyond the next one. MSI and MSI-X are in shadow. */
static void lock_forbidden(struct pci_device *device, u32 at)
{
	u16 id = capability_id(device, at);

	if (!pci_is_forbidden(id) || id == PCI_CAP_ID_MSI || id == PCI_CAP_ID_MSIX)
		return;
	do {
		bit_set(device->locked, at / 4);
		at += 4;
	} while (at != PCI_STANDARD_SIZE && at < PCI_CONFIG_SIZE && !bit_test(begins, at / 4));
}

static void find_capabilities(struct pci_device *device)
{
	device->power = find_in_hardware(device, PCI_CAP_ID_PM);
	device->express = find_in_hardware(device, PCI_CAP_ID_EXP);
	memset(begins, 0, sizeof(begins));
	for_each_capability(device, note_begin);
	for_each_capability(device, lock_forbidden);
}

static int refuse_unlisted(const struct pci_device *device, const char *what)
{
	return refuse(-EINVAL, "PCI device %02x:%02x.%x uses more %s vectors than configured",
		      PCI_BDF(device->config->bdf), what);
}

/* --- MSI ------------------------------------------------------------------------------------ */

static void find_msi(struct pci_device *device)
{
	struct pci_msi *msi = &device->msi;
	u32 control;

	msi->offset = find_in_hardware(device, PCI_CAP_ID_MSI);
	if (!msi->offset)
		return;
	control = read(device, msi->offset, 4);
	msi->usable = true;
	msi->wide = control & PCI_MSI_64BIT;
	msi->maskable = control & PCI_MSI_MASKABLE;
	msi->word[PCI_MSI_CONTROL] = control & PCI_MSI_CAPABLE;
}

static int adopt_msi(struct pci_device *device)
{
	struct pci_msi *msi = &device->msi;
	u32 control = msi->offset ? read(device, msi->offset, 4) : 0;
	u32 most = FIELD(PCI_MSI_CAPABLE, msi->word[PCI_MSI_CONTROL]);

	if ((control & PCI_MSI_ENABLE) && (!msi->usable || FIELD(PCI_MSI_IN_USE, control) > most))
		return refuse_unlisted(device, "MSI");
	if (!msi->usable)
		return 0;
	for (u32 offset = 4; offset < pci_msi_length(msi); offset += 4)
		pci_msi_write(msi, offset, ~0U, read(device, msi->offset + offset, 4));
	pci_msi_write(msi, 0, ~0U, control);
	return 0;
}

/* --- MSI-X ---------------------------------------------------------------------------------- */

static void find_msix(struct pci_device *device)
{
	struct pci_msix *msix = &device->msix;

	msix->offset = find_in_hardware(device, PCI_CAP_ID_MSIX);
	if (msix->offset)
		msix->hw_vectors = FIELD(PCI_MSIX_TABLE_SIZE, read(device, msix->offset, 4)) + 1;
	msix->vectors = msix->hw_vectors;
}

/** The table is where the configuration says; what of its pages is the function's is trapped. */
static int locate_table(struct pci_device *device)
{
	struct pci_msix *msix = &device->msix;
	u32 location = read(device, msix->offset + 4, 4), offset = location & ~PCI_MSIX_BIR;
	u32 bytes = msix->hw_vectors * PCI_MSIX_ENTRY_SIZE;
	u64 start, size;

	msix->table = device->config->msix_address;
	if (!pci_bar_range(device, location & PCI_MSIX_BIR, &start, &size) ||
	    start + offset != msix->table || !range_within(offset, bytes, 0, size))
		return refuse(-EINVAL, "MSI-X table of %02x:%02x.%x is not at 0x%llx in its BAR %u",
			      PCI_BDF(device->config->bdf), msix->table, location & PCI_MSIX_BIR);
	msix->trap = MAX(page_down(msix->table), start);
	msix->trap_size = MIN(page_up(msix->table + bytes), start + size) - msix->trap;
	return 0;
}

static void read_table(struct pci_msix *msix)
{
	const void *word;

	for (u32 offset = 0; offset < msix->vectors * PCI_MSIX_ENTRY_SIZE; offset += 4) {
		word = map_temporarily(TEMP_SLOT_MMIO, msix->table + offset, true);
		pci_msix_table_write(msix, offset, 4, mmio_read32(word));
	}
}

static int adopt_msix(struct pci_device *device)
{
	struct pci_msix *msix = &device->msix;
	u32 control = msix->offset ? read(device, msix->offset, 4) : 0;
	bool enabled = control & PCI_MSIX_ENABLE;
	int err;

	if (enabled && msix->vectors < msix->hw_vectors)
		return refuse_unlisted(device, "MSI-X");
	err = msix->vectors ? locate_table(device) : 0;
	if (err || !enabled)
		return err;
	if (read(device, PCI_COMMAND, 2) & PCI_COMMAND_MEMORY)
		read_table(msix);
	pci_msix_write(msix, 0, ~0U, control);
	return 0;
}

/* --- the whole ------------------------------------------------------------------------------ */

static int check_header(const struct pci_device *device)
{
	u32 expected = device->config->type == JAILHOUSE_PCI_TYPE_BRIDGE;

	if ((read(device, PCI_HEADER_TYPE, 1) & PCI_HEADER_LAYOUT) == expected)
		return 0;
	return refuse(-EINVAL, "PCI device %02x:%02x.%x is not of the type that is configured",
		      PCI_BDF(device->config->bdf));
}

int pci_probe(struct pci_device *device)
{
	int err = check_header(device);

	for (u32 n = 0; n < pci_num_bars(device); n++)
		device->bar_home[n] = read(device, PCI_BAR0 + 4 * n, 4);
	find_capabilities(device);
	find_msi(device);
	find_msix(device);
	pci_limit(device);
	pci_forget(device);
	if (!err && !device->sealed)
		err = adopt_msi(device);
	return err || device->sealed ? err : adopt_msix(device);
}
