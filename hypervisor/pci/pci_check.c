// SPDX-License-Identifier: GPL-2.0-only
/* Is what a configuration says of PCI sane, and are the functions free? Pure. */
#include <errno.h>
#include <iommu.h>
#include <pci_config.h>
#include <printk.h>
#include <setup.h>

#define MAX_MSI_VECTORS (1 << PCI_MSI_MAX_LOG2)

/** why: NULL if nothing is to be refused */
static int judge(const struct jailhouse_cell_desc *desc, const struct jailhouse_pci_device *dev,
		 const char *why)
{
	return why ? refuse(-EINVAL, "PCI device %02x:%02x.%x of cell \"%s\" %s", PCI_BDF(dev->bdf),
			    desc->name, why) :
		     0;
}

/** The function in the description, NULL if it lists none of that number. */
static const struct jailhouse_pci_device *find_dev(const struct jailhouse_cell_desc *desc, u16 bdf)
{
	const struct jailhouse_pci_device *dev = jailhouse_cell_pci_devices(desc);

	for (u32 n = 0; n < desc->num_pci_devices; n++)
		if (dev[n].bdf == bdf)
			return &dev[n];
	return NULL;
}

/* --- sanity --------------------------------------------------------------------------------- */

static const char *flaw_of_identity(const struct jailhouse_system *system,
				    const struct jailhouse_cell_desc *desc,
				    const struct jailhouse_pci_device *dev)
{
	if (dev->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
		return "is for shared memory, which is not supported yet";
	if (dev->type != JAILHOUSE_PCI_TYPE_DEVICE && dev->type != JAILHOUSE_PCI_TYPE_BRIDGE)
		return "has an unknown type";
	if (system->platform_info.pci_is_virtual)
		return "cannot be, as the system has no PCI host";
	if (dev->domain != 0)
		return "is not in domain 0";
	if (system->platform_info.pci_mmconfig_base &&
	    dev->bdf >> 8 > system->platform_info.pci_mmconfig_end_bus)
		return "is on a bus beyond MMCONFIG";
	return find_dev(desc, dev->bdf) == dev ? NULL : "is listed twice";
}

static bool capability_fits(const struct jailhouse_pci_capability *cap)
{
	bool extended = cap->id & JAILHOUSE_PCI_EXT_CAP;
	u32 first = extended ? PCI_STANDARD_SIZE : PCI_HEADER_END;
	u32 end = extended ? PCI_CONFIG_SIZE : PCI_STANDARD_SIZE;

	return cap->len && range_within(cap->start, cap->len, first, end - first);
}

static const char *flaw_of_capabilities(const struct jailhouse_cell_desc *desc,
					const struct jailhouse_pci_device *dev)
{
	const struct jailhouse_pci_capability *caps = jailhouse_cell_pci_caps(desc);
	u32 end = dev->caps_start + dev->num_caps;

	if (end > desc->num_pci_caps)
		return "has capabilities beyond the end of their list";
	for (u32 n = dev->caps_start; n < end; n++)
		if (!capability_fits(&caps[n]))
			return "has a capability outside of its configuration space";
	return NULL;
}

/** A region of the cell that a range of physical addresses has a part of; NULL if there is none. */
static const struct jailhouse_memory *find_granted(const struct jailhouse_cell_desc *desc,
						   u64 start, u64 size)
{
	const struct jailhouse_memory *mem;

	for_each_region (mem, desc)
		if (ranges_overlap(mem->phys_start, mem->size, start, size))
			return mem;
	return NULL;
}

static const char *flaw_of_vectors(const struct jailhouse_cell_desc *desc,
				   const struct jailhouse_pci_device *dev)
{
	u32 bytes = dev->num_msix_vectors * PCI_MSIX_ENTRY_SIZE;

	if (dev->num_msi_vectors > MAX_MSI_VECTORS)
		return "has more than 32 MSI vectors";
	if (!bytes)
		return NULL;
	if (dev->num_msix_vectors > arch_pci_max_vectors())
		return "has more MSI-X vectors than there can be";
	if (!dev->msix_address || (dev->msix_address & (PCI_MSIX_ENTRY_SIZE - 1)) ||
	    dev->msix_region_size < bytes || range_wraps(dev->msix_address, SZ_64K))
		return "has no sane region for its MSI-X table";
	return find_granted(desc, dev->msix_address, bytes) ?
		       "has its MSI-X table in a memory region of that cell" :
		       NULL;
}

static int check_all(const struct jailhouse_system *system, const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_pci_device *dev = jailhouse_cell_pci_devices(desc);
	int err = 0;

	for (u32 n = 0; !err && n < desc->num_pci_devices; n++) {
		err = judge(desc, &dev[n], flaw_of_identity(system, desc, &dev[n]));
		err = err ? err : judge(desc, &dev[n], flaw_of_capabilities(desc, &dev[n]));
		err = err ? err : judge(desc, &dev[n], flaw_of_vectors(desc, &dev[n]));
	}
	return err;
}

/* --- the root cell -------------------------------------------------------------------------- */

static int check_mmconfig(const struct jailhouse_system *system)
{
	u64 base = system->platform_info.pci_mmconfig_base;
	u64 size = (system->platform_info.pci_mmconfig_end_bus + 1ULL) << 20;
	const struct jailhouse_cell_desc *root = &system->root_cell;
	const struct jailhouse_memory *mem = find_granted(root, base, size);

	if (!base || system->platform_info.pci_is_virtual)
		return 0;
	if ((base & ((1 << 20) - 1)) || range_wraps(base, size))
		return refuse(-EINVAL, "MMCONFIG cannot be at 0x%llx", base);
	if (mem)
		return refuse(-EINVAL, "memory region %u of cell \"%s\" has a part of MMCONFIG",
			      mem_index(root, mem), root->name);
	return 0;
}

int pci_check_system(const struct jailhouse_system *system)
{
	int err = check_mmconfig(system);

	return err ? err : check_all(system, &system->root_cell);
}

/* --- other cells ---------------------------------------------------------------------------- */

static const char *flaw_of_ownership(const struct jailhouse_pci_device *dev)
{
	const struct jailhouse_pci_device *root = find_dev(root_cell.config, dev->bdf);

	if (!root)
		return "is not the root cell's";
	if (iommu_is_unit(dev->bdf))
		return "is an IOMMU";
	if (dev->type != root->type)
		return "has another type in the root cell's configuration";
	if (dev->num_msix_vectors && dev->msix_address != root->msix_address)
		return "has its MSI-X table elsewhere in the root cell's configuration";
	return pci_find(&root_cell, dev->bdf) ? NULL : "is not in this machine";
}

static int check_one(const struct jailhouse_cell_desc *desc, const struct jailhouse_pci_device *dev)
{
	const struct cell *cell;

	for_each_non_root_cell (cell)
		if (find_dev(cell->config, dev->bdf))
			return refuse(-EBUSY, "PCI device %02x:%02x.%x belongs to cell \"%s\"",
				      PCI_BDF(dev->bdf), cell->config->name);
	return judge(desc, dev, flaw_of_ownership(dev));
}

int pci_check_cell(const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_pci_device *dev = jailhouse_cell_pci_devices(desc);
	int err = check_all(system_config, desc);

	for (u32 n = 0; !err && n < desc->num_pci_devices; n++)
		err = check_one(desc, &dev[n]);
	return err;
}
