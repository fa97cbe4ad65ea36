// SPDX-License-Identifier: GPL-2.0-only
/* MSI and MSI-X in hardware: it gets what the architecture makes of the cell's messages. */
#include <arch.h>
#include <iommu.h>
#include <mmio.h>
#include <paging.h>
#include <pci_config.h>

/* The hardware gets messages as they were written: remapping is about to be turned on, or off. */
static bool raw;

static u16 bdf_of(const struct pci_device *device)
{
	return device->config->bdf;
}

static struct pci_message route(struct pci_device *device, u32 n, const struct pci_message *guest)
{
	if (raw) {
		arch_pci_route_raw(device->cell, bdf_of(device), guest);
		device->routes = arch_pci_max_vectors();
		return *guest;
	}
	device->routes = MAX(device->routes, n + 1);
	return arch_pci_route(device->cell, bdf_of(device), n, guest);
}

/* --- MSI ------------------------------------------------------------------------------------ */

static void write_msi(const struct pci_device *device, const struct pci_message *message)
{
	const struct pci_msi *msi = &device->msi;
	u32 data = msi->offset + (msi->wide ? 12 : 8);

	arch_pci_write(bdf_of(device), msi->offset + 4, 4, message->address);
	if (msi->wide)
		arch_pci_write(bdf_of(device), msi->offset + 8, 4, message->address >> 32);
	arch_pci_write(bdf_of(device), data, 2, message->data);
	if (msi->maskable)
		arch_pci_write(bdf_of(device), data + 4, 4, msi->word[PCI_MSI_MASK]);
}

static void write_msi_control(const struct pci_device *device, bool enable)
{
	u32 control = device->msi.word[PCI_MSI_CONTROL] & ~(enable ? 0 : PCI_MSI_ENABLE);

	arch_pci_write(bdf_of(device), device->msi.offset + 2, 2, control >> 16);
}

void pci_update_msi(struct pci_device *device)
{
	struct pci_message guest, message, first = { 0 };

	for (u32 n = 0; n < pci_msi_count(&device->msi); n++) {
		guest = pci_msi_message(&device->msi, n);
		message = route(device, n, &guest);
		if (n == 0)
			first = message;
	}
	if (first.valid)
		write_msi(device, &first);
	write_msi_control(device, first.valid);
}

/* --- MSI-X ---------------------------------------------------------------------------------- */

static void write_msix_control(const struct pci_device *device, u32 control)
{
	arch_pci_write(bdf_of(device), device->msix.offset + 2, 2, control >> 16);
}

/** Entry n of the hardware's table: masked while it changes, and then if it shall be or has no message. */
static void update_vector(struct pci_device *device, u32 n)
{
	struct pci_message message = pci_msix_message(&device->msix, n);
	u8 *entry;

	if (message.valid)
		message = route(device, n, &message);
	entry = map_temporarily(TEMP_SLOT_MMIO, device->msix.table + n * PCI_MSIX_ENTRY_SIZE, true);
	mmio_write32(entry + 12, PCI_MSIX_ENTRY_MASK);
	if (!message.valid)
		return;
	mmio_write32(entry, message.address);
	mmio_write32(entry + 4, message.address >> 32);
	mmio_write32(entry + 8, message.data);
	if (!pci_msix_masked(&device->msix, n))
		mmio_write32(entry + 12, 0);
}

void pci_update_msix(struct pci_device *device)
{
	const struct pci_msix *msix = &device->msix;

	write_msix_control(device, msix->control | PCI_MSIX_MASK_ALL);
	if (!pci_msix_active(msix) && !raw)
		return;
	/* While the table cannot be reached, all stays masked. */
	if (!(arch_pci_read(bdf_of(device), PCI_COMMAND, 2) & PCI_COMMAND_MEMORY))
		return;
	for (u32 n = 0; n < msix->hw_vectors; n++)
		update_vector(device, n);
	write_msix_control(device, msix->control);
}

/* --- both ----------------------------------------------------------------------------------- */

static bool in_use(const struct pci_device *device, u32 n)
{
	return n < pci_msi_count(&device->msi) ||
	       (pci_msix_active(&device->msix) && n < device->msix.vectors);
}

static void reroute_device(struct pci_device *device)
{
	if (pci_msi_count(&device->msi))
		pci_update_msi(device);
	if (device->msix.control & PCI_MSIX_ENABLE)
		pci_update_msix(device);
	for (u32 n = 0; n < device->routes; n++)
		if (!in_use(device, n))
			arch_pci_block(bdf_of(device), n);
}

void pci_reroute(struct cell *cell)
{
	struct pci_device *device;

	for_each_pci_device (device, cell)
		if (device->owned)
			reroute_device(device);
}

void pci_reset_vectors(struct pci_device *device)
{
	pci_forget(device);
	if (device->msi.offset)
		write_msi_control(device, false);
	if (device->msix.offset)
		write_msix_control(device, 0);
	for (u32 n = 0; n < device->routes; n++)
		arch_pci_block(bdf_of(device), n);
	device->routes = 0;
}

/* --- enabling and disabling ----------------------------------------------------------------- */

static void silence(struct pci_device *device)
{
	iommu_set_device(bdf_of(device), &root_cell);
	if (device->msix.control & PCI_MSIX_ENABLE)
		write_msix_control(device, device->msix.control | PCI_MSIX_MASK_ALL);
	if (pci_msi_count(&device->msi))
		pci_update_msi(device);
}

void pci_silence(void)
{
	struct pci_device *device;

	raw = true;
	for_each_pci_device (device, &root_cell)
		if (device->prepared)
			silence(device);
}

void pci_activate(void)
{
	raw = false;
	pci_reroute(&root_cell);
}

void pci_release(void)
{
	pci_reroute(&root_cell);
}

/* --- the cell's accesses to the table ------------------------------------------------------- */

static void read_table(const struct pci_msix *msix, struct mmio_access *access, u32 offset)
{
	/* What the cell wrote before has arrived once it reads, as it may rely on that. */
	if (offset / PCI_MSIX_ENTRY_SIZE < msix->vectors)
		mmio_read32(map_temporarily(TEMP_SLOT_MMIO, msix->table + (offset & ~3U), true));
	access->value = pci_msix_table_read(msix, offset, access->size);
}

static void write_table(struct pci_device *device, const struct mmio_access *access, u32 offset)
{
	spin_lock(&device->cell->arch.pci.lock);
	if (pci_msix_table_write(&device->msix, offset, access->size, access->value) &&
	    pci_msix_active(&device->msix))
		update_vector(device, offset / PCI_MSIX_ENTRY_SIZE);
	spin_unlock(&device->cell->arch.pci.lock);
}

enum mmio_result pci_msix_handle(struct mmio_access *access)
{
	struct pci_device *device = access->context;
	const struct pci_msix *msix = &device->msix;
	u64 at = msix->trap + access->address;

	if (!device->owned)
		return MMIO_REFUSED;
	if (ranges_overlap(at, access->size, msix->table, msix->hw_vectors * PCI_MSIX_ENTRY_SIZE)) {
		if (access->is_write)
			write_table(device, access, at - msix->table);
		else
			read_table(msix, access, at - msix->table);
		return MMIO_DONE;
	}
	if (at & (access->size - 1))
		return MMIO_REFUSED;
	return arch_mmio_try(map_temporarily(TEMP_SLOT_MMIO, at, true), access) ? MMIO_DONE :
										  MMIO_BUS_ERROR;
}
