// SPDX-License-Identifier: GPL-2.0-only
/* The functions of each cell, and how they change hands. */
#include <cpu.h>
#include <errno.h>
#include <iommu.h>
#include <page_pool.h>
#include <pci_config.h>
#include <printk.h>
#include <setup.h>
#include <string.h>

/** The entry for a function, whether the cell has it now or not; NULL: not listed. */
static struct pci_device *find_entry(const struct cell *cell, u16 bdf)
{
	struct pci_device *device;

	for_each_pci_device (device, cell)
		if (device->config->bdf == bdf)
			return device;
	return NULL;
}

struct pci_device *pci_find(const struct cell *cell, u16 bdf)
{
	struct pci_device *device = find_entry(cell, bdf);

	return device && device->owned ? device : NULL;
}

/* --- the list of a cell --------------------------------------------------------------------- */

static u32 list_pages(const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_pci_device *dev = jailhouse_cell_pci_devices(desc);
	u32 bytes = 0;

	for (u32 n = 0; n < desc->num_pci_devices; n++)
		bytes += sizeof(struct pci_device) + dev[n].num_msix_vectors * PCI_MSIX_ENTRY_SIZE;
	return PAGES(bytes);
}

/** The list with shadows that hold nothing yet; -ENOMEM. */
static int make_list(struct cell *cell)
{
	const struct jailhouse_pci_device *config = jailhouse_cell_pci_devices(cell->config);
	struct pci_device *device;
	u32 *word;

	if (!cell->config->num_pci_devices)
		return 0;
	cell->arch.pci.device = page_alloc(list_pages(cell->config));
	if (!cell->arch.pci.device)
		return -ENOMEM;
	cell->arch.pci.count = cell->config->num_pci_devices;
	word = (u32 *)(cell->arch.pci.device + cell->arch.pci.count);
	for_each_pci_device (device, cell) {
		device->config = config++;
		device->cell = cell;
		device->caps = jailhouse_cell_pci_caps(cell->config) + device->config->caps_start;
		device->msix.word = word;
		word += device->config->num_msix_vectors * PCI_MSIX_ENTRY_SIZE / 4;
	}
	return 0;
}

static int fill_root_entry(struct pci_device *device)
{
	u16 bdf = device->config->bdf;
	int err;

	device->sealed = iommu_is_unit(bdf);
	device->owned = (arch_pci_read(bdf, PCI_ID, 4) & 0xffff) != 0xffff;
	if (!device->owned)
		return 0;
	err = pci_probe(device);
	if (err || device->sealed)
		return err;
	if (iommu_device_prepare(bdf))
		return refuse(-ENOMEM, "hypervisor memory is too small for the PCI devices");
	device->prepared = true;
	printk("Adding PCI device %02x:%02x.%x to cell \"%s\"\n", PCI_BDF(bdf),
	       root_cell.config->name);
	return 0;
}

/** What the hardware is, is known from the root cell's entry; what the cell may use of it, from its own configuration. */
static void fill_entry(struct pci_device *device)
{
	const struct pci_device *root = find_entry(&root_cell, device->config->bdf);
	u32 *word = device->msix.word;

	memcpy(device->bar_home, root->bar_home, sizeof(device->bar_home));
	device->msi = root->msi;
	device->msix = root->msix;
	device->msix.word = word;
	device->power = root->power;
	device->express = root->express;
	memcpy(device->locked, root->locked, sizeof(device->locked));
	pci_limit(device);
	pci_forget(device);
}

static enum mmio_result handle_mmconfig(struct mmio_access *access)
{
	u16 bdf = access->address / PCI_CONFIG_SIZE;
	bool done = pci_config_access(this_cell(), bdf, access->address % PCI_CONFIG_SIZE, access);

	return done ? MMIO_DONE : MMIO_REFUSED;
}

static int add_handlers(struct cell *cell)
{
	u64 base = system_config->platform_info.pci_mmconfig_base;
	u64 size = (system_config->platform_info.pci_mmconfig_end_bus + 1ULL) << 20;
	struct pci_device *device;
	int err = base ? mmio_add(&cell->mmio, base, size, handle_mmconfig, NULL) : 0;

	for_each_pci_device (device, cell)
		if (!err && device->msix.vectors)
			err = mmio_add(&cell->mmio, device->msix.trap, device->msix.trap_size,
				       pci_msix_handle, device);
	return err;
}

int pci_cell_init(struct cell *cell)
{
	struct pci_device *device;
	int err = make_list(cell);

	if (err)
		return refuse(err, "hypervisor memory is too small for the list of PCI devices");
	for_each_pci_device (device, cell)
		if (cell != &root_cell)
			fill_entry(device);
		else if (!err)
			err = fill_root_entry(device);
	if (!err && add_handlers(cell))
		err = refuse(-ENOMEM, "there are too many PCI devices with MSI-X");
	if (err)
		pci_cell_exit(cell);
	return err;
}

void pci_cell_exit(struct cell *cell)
{
	if (cell->arch.pci.device)
		page_free(cell->arch.pci.device, list_pages(cell->config));
	cell->arch.pci = (struct pci_cell){ 0 };
}

/* --- changing hands ------------------------------------------------------------------------- */

static void reset_device(struct pci_device *device)
{
	u16 bdf = device->config->bdf;

	/* Bridges go on to serve what is behind them. */
	if (device->config->type != JAILHOUSE_PCI_TYPE_BRIDGE) {
		arch_pci_write(bdf, PCI_COMMAND, 2, PCI_COMMAND_INTX_DISABLE);
		arch_pci_write(bdf, PCI_ROM, 4, arch_pci_read(bdf, PCI_ROM, 4) & ~PCI_ROM_ENABLE);
	}
	for (u32 n = 0; n < pci_num_bars(device); n++)
		arch_pci_write(bdf, PCI_BAR0 + 4 * n, 4, device->bar_home[n]);
	pci_reset_vectors(device);
}

static void move_devices(struct cell *cell, bool take)
{
	struct pci_device *device, *root;

	for_each_pci_device (device, cell) {
		printk("%s PCI device %02x:%02x.%x %s cell \"%s\"\n", take ? "Adding" : "Removing",
		       PCI_BDF(device->config->bdf), take ? "to" : "from", cell->config->name);
		root = find_entry(&root_cell, device->config->bdf);
		reset_device(take ? root : device);
		device->owned = take;
		root->owned = !take;
		iommu_set_device(device->config->bdf, take ? cell : &root_cell);
	}
	pci_reroute(&root_cell);
}

void pci_take_devices(struct cell *cell)
{
	move_devices(cell, true);
}

void pci_return_devices(struct cell *cell)
{
	move_devices(cell, false);
}

void pci_reset_devices(struct cell *cell)
{
	struct pci_device *device;

	for_each_pci_device (device, cell)
		if (device->owned)
			reset_device(device);
	cell->arch.pci.port_address = 0;
}
