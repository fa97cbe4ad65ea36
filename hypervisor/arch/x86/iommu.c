// SPDX-License-Identifier: GPL-2.0-only
/* Which IOMMUs there are, and who drives them. */
#include <arch.h>
#include <cpu.h>
#include <errno.h>
#include <iommu_driver.h>
#include <printk.h>
#include <setup.h>

static const struct iommu_driver *const drivers[] = { &amd_iommu_driver };

static const struct iommu_driver *driver; /* of all units; NULL: there are none */
static spinlock_t event_lock; /* the units' event logs, what is said of them, and what follows */
static u32 event_cpu; /* gets the units' NMIs */
static u32 owed; /* NMIs that are still to come, for events that are reported */
static u64 owed_until; /* arch_time(): one may be lost among the core's own */

#define OWED_MS 5000

#define for_each_unit(n, system)                              \
	for ((n) = 0; (n) < JAILHOUSE_MAX_IOMMU_UNITS; (n)++) \
		if ((system)->platform_info.iommu_units[n].type)

/* --- is the configuration sane? ------------------------------------------------------------- */

static const struct iommu_driver *find_driver(u32 type)
{
	for (u32 n = 0; n < ARRAY_SIZE(drivers); n++)
		if (drivers[n]->type == type)
			return drivers[n];
	return NULL;
}

static u32 type_of_all(const struct jailhouse_system *system)
{
	u32 n;

	for_each_unit (n, system)
		return system->platform_info.iommu_units[n].type;
	return 0;
}

static int check_registers(u32 n, const struct jailhouse_iommu *unit, u32 min_size)
{
	if (!unit->base || !page_aligned(unit->base) || unit->size < min_size ||
	    unit->base > MASK64(51, 0) - unit->size)
		return refuse(-EINVAL, "IOMMU unit %u: no 0x%x bytes of registers can be at 0x%llx",
			      n, unit->size, unit->base);
	return 0;
}

static bool overlaps(const struct jailhouse_iommu *unit, u64 start, u64 size)
{
	return ranges_overlap(unit->base, page_up(unit->size), start, size);
}

/** Who has access to the registers of a unit would be outside of all cells. */
static int check_ownership(const struct jailhouse_system *system, u32 n)
{
	const struct jailhouse_iommu *units = system->platform_info.iommu_units;
	const struct jailhouse_cell_desc *root = &system->root_cell;
	const struct jailhouse_memory *mem;

	for (u32 other = 0; other < n; other++)
		if (units[other].type && overlaps(&units[n], units[other].base, units[other].size))
			return refuse(-EINVAL, "IOMMU units %u and %u overlap", other, n);
	for_each_region (mem, root)
		if (overlaps(&units[n], mem->phys_start, mem->size))
			return refuse(-EINVAL, "memory region %u has registers of IOMMU unit %u",
				      mem_index(root, mem), n);
	return 0;
}

static int check_unit(const struct jailhouse_system *system, u32 n)
{
	const struct jailhouse_iommu *unit = &system->platform_info.iommu_units[n];
	const struct iommu_driver *its_driver = find_driver(unit->type);
	int err;

	if (!its_driver)
		return refuse(-EINVAL, "IOMMU unit %u: no driver for type %u", n, unit->type);
	if (unit->type != type_of_all(system))
		return refuse(-EINVAL, "IOMMU unit %u is of another type than the others", n);
	err = check_registers(n, unit, its_driver->min_size);
	return err ? err : check_ownership(system, n);
}

static int check_without_units(const struct jailhouse_system *system)
{
	const struct jailhouse_cell_desc *root = &system->root_cell;
	const struct jailhouse_memory *mem;

	for_each_region (mem, root)
		if (mem->flags & JAILHOUSE_MEM_DMA)
			return refuse(-EINVAL,
				      "no IOMMU is configured, but memory region %u is open to DMA",
				      mem_index(root, mem));
	return 0;
}

static int check_devices(const struct jailhouse_system *system)
{
	const struct jailhouse_pci_device *dev = jailhouse_cell_pci_devices(&system->root_cell);
	const struct jailhouse_pci_device *end = dev + system->root_cell.num_pci_devices;

	for (; dev < end; dev++)
		if (dev->type != JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    (dev->iommu >= JAILHOUSE_MAX_IOMMU_UNITS ||
		     !system->platform_info.iommu_units[dev->iommu].type))
			return refuse(-EINVAL,
				      "PCI device " BDF_FORMAT ": there is no IOMMU unit %u",
				      PCI_BDF(dev->bdf), dev->iommu);
	return 0;
}

int iommu_check_system(const struct jailhouse_system *system)
{
	int err = 0;
	u32 n;

	if (!type_of_all(system))
		return check_without_units(system);
	for_each_unit (n, system)
		err = err ? err : check_unit(system, n);
	return err ? err : check_devices(system);
}

u16 iommu_last_requester(const struct jailhouse_system *system)
{
	const struct jailhouse_cell_desc *root = &system->root_cell;
	const struct jailhouse_pci_device *dev = jailhouse_cell_pci_devices(root);
	const struct jailhouse_irqchip *chip = jailhouse_cell_irqchips(root);
	u16 last = 0;

	for (u32 n = 0; n < root->num_pci_devices; n++)
		if (dev[n].type != JAILHOUSE_PCI_TYPE_IVSHMEM)
			last = MAX(last, dev[n].bdf);
	for (u32 n = 0; n < root->num_irqchips; n++)
		last = MAX(last, (u16)chip[n].id);
	return last;
}

/* --- setup ---------------------------------------------------------------------------------- */

int iommu_init(void)
{
	driver = find_driver(type_of_all(system_config));
	if (driver)
		return driver->init(system_config);
	printk("WARNING: no IOMMU: DMA is not contained\n");
	return 0;
}

void iommu_activate(void)
{
	if (!driver)
		return;
	driver->activate();
	iommu_root_cpus_changed();
}

void iommu_release(void)
{
	if (driver)
		driver->release();
}

/* --- devices -------------------------------------------------------------------------------- */

bool iommu_is_unit(u16 bdf)
{
	const struct jailhouse_iommu *unit = system_config->platform_info.iommu_units;

	for (u32 n = 0; n < JAILHOUSE_MAX_IOMMU_UNITS; n++)
		if (unit[n].type == JAILHOUSE_IOMMU_AMD && unit[n].amd.bdf == bdf)
			return true;
	return false;
}

bool iommu_present(void)
{
	return driver;
}

void iommu_set_device(u16 bdf, const struct cell *cell)
{
	if (driver)
		driver->set_device(bdf, cell);
}

void iommu_flush_cell(const struct cell *cell)
{
	if (driver)
		driver->flush_cell(cell);
}

int iommu_device_prepare(u16 bdf)
{
	return driver ? driver->device_prepare(bdf) : 0;
}

void iommu_set_interrupt(u16 bdf, u32 index, const struct irq_message *msg)
{
	if (driver)
		driver->set_interrupt(bdf, index, msg);
}

/* --- events --------------------------------------------------------------------------------- */

static void owe(u32 nmis)
{
	u64 now = arch_time();

	if (!nmis)
		return;
	owed = nmis + (now < owed_until ? owed : 0);
	owed_until = now + OWED_MS * arch_time_per_ms();
}

void iommu_poll_events(bool interrupt)
{
	if (!driver)
		return;
	spin_lock(&event_lock);
	owe(driver->report_events());
	driver->let_interrupt(interrupt);
	spin_unlock(&event_lock);
}

static bool is_owed(void)
{
	if (!owed || arch_time() >= owed_until)
		return false;
	owed--;
	return true;
}

bool iommu_handle_nmi(void)
{
	u32 sent = 0;
	bool ours;

	if (!driver)
		return false;
	spin_lock(&event_lock);
	if (this_public()->id == event_cpu)
		sent = driver->report_events();
	ours = sent || is_owed();
	/* This is one of them. */
	if (sent)
		owe(sent - 1);
	spin_unlock(&event_lock);
	return ours;
}

void iommu_root_cpus_changed(void)
{
	if (!driver)
		return;
	spin_lock(&event_lock);
	owe(driver->report_events());
	event_cpu = cpu_set_next(root_cell.cpus, 0);
	driver->interrupt_cpu(cpu_public(event_cpu)->arch.apic_id);
	driver->let_interrupt(true);
	spin_unlock(&event_lock);
}
