// SPDX-License-Identifier: GPL-2.0-only
/* AMD-Vi units: their tables, commands, and life (48882). All units share the device table, and are on or off together. */
#include "amd_iommu.h"
#include <arch.h>
#include <errno.h>
#include <page_pool.h>
#include <paging.h>
#include <panic.h>
#include <printk.h>

#define COMMAND_PATIENCE_MS 1000
#define STOP_PATIENCE       10000 /* reads of a bit that the unit still has to change */

#define PCI_CAPS_END 0xf0 /* a capability block of 16 bytes ends before 0x100 */

static struct amd_unit units[JAILHOUSE_MAX_IOMMU_UNITS];
static bool on; /* all of them */
static struct amd_dte *device_table;
static u32 num_devices; /* entries that it has */
static pte_t *empty_table; /* for those who may nothing: faults are told from broken tables */
static spinlock_t command_lock; /* the units' command rings, and the next */
static u64 waits; /* issued to each unit */

#define for_each_unit(unit)                                                \
	for ((unit) = units; (unit) < units + ARRAY_SIZE(units); (unit)++) \
		if ((unit)->config)

/* --- commands ------------------------------------------------------------------------------- */

static void issue(struct amd_unit *unit, struct amd_command command)
{
	unit->commands[unit->command_tail] = command;
	unit->command_tail = (unit->command_tail + 1) % AMD_RING_ENTRIES;
}

static void start(struct amd_unit *unit, struct amd_command command)
{
	issue(unit, command);
	issue(unit, amd_wait(hv_to_phys(&unit->waits_done), waits));
	__atomic_thread_fence(__ATOMIC_RELEASE);
	amd_write(unit, REG_COMMAND_TAIL, FIELD_PREP(RING_POINTER, (u64)unit->command_tail));
}

/** A unit that does not answer may go on using what it must forget: there is no safe way from there. */
static void wait_for_unit(const struct amd_unit *unit)
{
	u64 end = arch_time() + COMMAND_PATIENCE_MS * arch_time_per_ms();

	while (__atomic_load_n(&unit->waits_done, __ATOMIC_ACQUIRE) != waits) {
		if (arch_time() > end)
			panic("IOMMU unit %u does not carry out commands", unit->number);
		cpu_relax();
	}
}

/** All units, if they are on, carry out this command before this returns. */
static void execute(struct amd_command command)
{
	struct amd_unit *unit;

	if (!on)
		return;
	spin_lock(&command_lock);
	waits++;
	for_each_unit (unit)
		start(unit, command);
	for_each_unit (unit)
		wait_for_unit(unit);
	spin_unlock(&command_lock);
}

/* --- devices -------------------------------------------------------------------------------- */

/** The hardware reads entries at any time; each word by itself is sane before and after. */
static void set_word(u16 bdf, u32 n, u64 value)
{
	__atomic_store_n(&device_table[bdf].word[n], value, __ATOMIC_RELEASE);
}

static void block_device(u16 bdf)
{
	set_word(bdf, 0, amd_dte_translation(hv_to_phys(empty_table), false));
}

/** What units remember of the device, and of the domain that it is in. */
static void forget(u16 bdf)
{
	execute(amd_invalidate(INVALIDATE_DEVICE, bdf));
	execute(amd_invalidate(INVALIDATE_INTERRUPTS, bdf));
	execute(amd_invalidate_pages(FIELD(DTE1_DOMAIN, device_table[bdf].word[1])));
}

/** Own cell -> blocked -> other cell: never the tables of one with the domain of the other. */
static void amd_set_device(u16 bdf, const struct cell *cell)
{
	block_device(bdf);
	forget(bdf);
	set_word(bdf, 1, cell ? cell->memory.tag : 0);
	if (!cell)
		return;
	set_word(bdf, 0, amd_dte_translation(hv_to_phys(cell->memory.root), true));
	forget(bdf);
}

static void amd_flush_cell(const struct cell *cell)
{
	execute(amd_invalidate_pages(cell->memory.tag));
}

static u32 *interrupts_of(u16 bdf)
{
	u64 table = device_table[bdf].word[2] & DTE2_INT_TABLE;

	return table ? phys_to_hv(table) : NULL;
}

static int amd_device_prepare(u16 bdf)
{
	void *table;

	if (interrupts_of(bdf))
		return 0;
	table = page_alloc(PAGES(IOMMU_MAX_INTERRUPTS * sizeof(u32)));
	if (!table)
		return -ENOMEM;
	set_word(bdf, 2, amd_dte_interrupts(hv_to_phys(table)));
	forget(bdf);
	return 0;
}

static void amd_set_interrupt(u16 bdf, u32 index, const struct irq_message *msg)
{
	u32 *table = interrupts_of(bdf), entry = amd_irte(msg);

	if (!table || table[index] == entry)
		return;
	__atomic_store_n(&table[index], entry, __ATOMIC_RELEASE);
	execute(amd_invalidate(INVALIDATE_INTERRUPTS, bdf));
}

/* --- setup ---------------------------------------------------------------------------------- */

bool amd_has_capability(const struct amd_unit *unit, u8 offset, u32 bits, u32 kind)
{
	return offset <= PCI_CAPS_END && offset % 4 == 0 &&
	       (arch_pci_read(unit->config->amd.bdf, offset, 4) & bits) == kind;
}

static u64 read_base(const struct amd_unit *unit)
{
	u16 bdf = unit->config->amd.bdf;
	u32 cap = unit->config->amd.base_cap;

	return (u64)arch_pci_read(bdf, cap + CAP_BASE_HIGH, 4) << 32 |
	       (arch_pci_read(bdf, cap + CAP_BASE_LOW, 4) & CAP_BASE_LOW_ADDRESS);
}

/** Is the unit of the configuration there? Its enable bit says nothing: QEMU's is never set. */
static int find_unit(const struct amd_unit *unit)
{
	const struct jailhouse_iommu *config = unit->config;

	if (!amd_has_capability(unit, config->amd.base_cap, CAP_KIND, CAP_KIND_IOMMU))
		return refuse(-ENODEV, "IOMMU unit %u: no such capability at 0x%x of " BDF_FORMAT,
			      unit->number, config->amd.base_cap, PCI_BDF(config->amd.bdf));
	if (read_base(unit) != config->base)
		return refuse(-ENODEV, "IOMMU unit %u is at 0x%llx, the configuration says 0x%llx",
			      unit->number, read_base(unit), config->base);
	return 0;
}

static int check_state(const struct amd_unit *unit)
{
	u32 features = amd_read(unit, REG_FEATURES), expected = unit->config->amd.features;

	if (expected && features != expected)
		return refuse(-ENODEV,
			      "IOMMU unit %u has features 0x%x, the configuration says 0x%x",
			      unit->number, features, expected);
	if (amd_read(unit, REG_CONTROL) & CONTROL_IOMMU)
		return refuse(-EBUSY,
			      "Linux uses IOMMU unit %u; add amd_iommu=off to its command line",
			      unit->number);
	return 0;
}

/* In the order in which they are written back. */
static const u16 kept_registers[AMD_KEPT_REGISTERS] = {
	REG_COMMAND_BASE, REG_EVENT_BASE, REG_EXCLUSION_BASE, REG_EXCLUSION_LIMIT, REG_CONTROL,
};

/*
 * A table that lets everything pass, for units that are off: once QEMU's knows a table it remaps interrupts by it, on or
 * off. In the image, where the memory is ours and zero when the core comes, and stays so when it has left.
 */
static u8 idle_table[2 * PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));

static void use_table(const struct amd_unit *unit, const void *table, u32 pages)
{
	amd_write(unit, REG_DEVICE_TABLE,
		  hv_to_phys(table) | FIELD_PREP(DEVICE_TABLE_PAGES, (u64)pages - 1));
}

static int init_unit(struct amd_unit *unit)
{
	int err = find_unit(unit);

	err = err ? err : amd_msi_init(unit);
	if (err)
		return err;
	unit->regs = map_device(unit->config->base, REGS_SIZE);
	unit->commands = page_alloc(1);
	unit->events = page_alloc(1);
	if (!unit->regs || !unit->commands || !unit->events)
		return refuse(-ENOMEM, "no memory for IOMMU unit %u", unit->number);
	err = check_state(unit);
	for (u32 n = 0; n < AMD_KEPT_REGISTERS; n++)
		unit->found[n] = amd_read(unit, kept_registers[n]);
	/* Where it points now is memory that is going to be used. */
	if (!err && amd_read(unit, REG_DEVICE_TABLE))
		use_table(unit, idle_table, PAGES(sizeof(idle_table)));
	return err;
}

static u32 device_table_pages(void)
{
	return PAGES(num_devices * sizeof(struct amd_dte));
}

/** Whole buses up to the last that is known; requests of those beyond the table's end are blocked by the unit. */
static int init_device_table(const struct jailhouse_system *system)
{
	num_devices = (iommu_last_requester(system) | 0xff) + 1;
	device_table = page_alloc(device_table_pages());
	empty_table = page_alloc(1);
	if (!device_table || !empty_table)
		return refuse(-ENOMEM, "no memory for the IOMMU's device table");
	for (u32 bdf = 0; bdf < num_devices; bdf++) {
		block_device(bdf);
		set_word(bdf, 2, amd_dte_interrupts(0));
	}
	return 0;
}

static int amd_init(const struct jailhouse_system *system)
{
	const struct jailhouse_iommu *config = system->platform_info.iommu_units;
	int err = init_device_table(system);

	for (u32 n = 0; n < ARRAY_SIZE(units) && !err; n++) {
		units[n] = (struct amd_unit){ .number = n };
		if (!config[n].type)
			continue;
		units[n].config = &config[n];
		err = init_unit(&units[n]);
	}
	return err;
}

/* --- on and off ----------------------------------------------------------------------------- */

void amd_wait_stopped(const struct amd_unit *unit, u64 bits)
{
	for (u32 n = 0; n < STOP_PATIENCE && (amd_read(unit, REG_STATUS) & bits); n++)
		cpu_relax();
}

static u64 ring_base(const void *ring)
{
	return hv_to_phys(ring) | FIELD_PREP(RING_LENGTH, (u64)AMD_RING_SHIFT);
}

static void set_tables(const struct amd_unit *unit)
{
	use_table(unit, device_table, device_table_pages());
	amd_write(unit, REG_COMMAND_BASE, ring_base(unit->commands));
	amd_write(unit, REG_COMMAND_HEAD, 0);
	amd_write(unit, REG_COMMAND_TAIL, 0);
	/* A pending event would hold the log where it is. */
	amd_write(unit, REG_STATUS, STATUS_EVENT_OVERFLOW | STATUS_EVENT_INT);
	amd_write(unit, REG_EVENT_BASE, ring_base(unit->events));
	amd_write(unit, REG_EVENT_HEAD, 0);
	amd_write(unit, REG_EVENT_TAIL, 0);
	amd_write(unit, REG_EXCLUSION_BASE, 0);
	amd_write(unit, REG_EXCLUSION_LIMIT, 0);
}

/**
 * All that units may remember of earlier times is forgotten. INVALIDATE_IOMMU_ALL would be one command, but QEMU 11.1 lets a
 * device through until it was told to look at its entry.
 */
static void amd_activate(void)
{
	struct amd_unit *unit;

	for_each_unit (unit) {
		u64 control = (amd_read(unit, REG_CONTROL) & CONTROL_LINK) | CONTROL_COHERENT |
			      CONTROL_COMMANDS | CONTROL_EVENT_LOG;

		set_tables(unit);
		amd_write(unit, REG_CONTROL, control);
		amd_write(unit, REG_CONTROL, control | CONTROL_IOMMU);
	}
	on = true;
	for (u32 bdf = 0; bdf < num_devices; bdf++)
		forget(bdf);
}

static void stop_unit(const struct amd_unit *unit)
{
	amd_write(unit, REG_CONTROL, 0);
	amd_wait_stopped(unit, STATUS_COMMAND_RUN | STATUS_EVENT_RUN);
	amd_write(unit, REG_STATUS, STATUS_EVENT_OVERFLOW | STATUS_EVENT_INT);
	use_table(unit, idle_table, PAGES(sizeof(idle_table)));
	for (u32 n = 0; n < AMD_KEPT_REGISTERS; n++)
		amd_write(unit, kept_registers[n], unit->found[n]);
	amd_msi_restore(unit);
}

static void amd_release(void)
{
	struct amd_unit *unit;

	on = false;
	for_each_unit (unit) {
		amd_events_report(unit);
		stop_unit(unit);
	}
}

/* --- events --------------------------------------------------------------------------------- */

static u32 amd_report_events(void)
{
	struct amd_unit *unit;
	u32 interrupts = 0;

	for_each_unit (unit)
		interrupts += amd_events_report(unit);
	return interrupts;
}

static void amd_let_interrupt(bool on)
{
	struct amd_unit *unit;

	for_each_unit (unit)
		amd_events_interrupt(unit, on);
}

static void amd_interrupt_cpu(u32 apic_id)
{
	struct amd_unit *unit;

	for_each_unit (unit)
		amd_msi_send_to(unit, apic_id);
}

const struct iommu_driver amd_iommu_driver = {
	.type = JAILHOUSE_IOMMU_AMD,
	.min_size = REGS_SIZE,
	.init = amd_init,
	.activate = amd_activate,
	.release = amd_release,
	.set_device = amd_set_device,
	.flush_cell = amd_flush_cell,
	.device_prepare = amd_device_prepare,
	.set_interrupt = amd_set_interrupt,
	.report_events = amd_report_events,
	.let_interrupt = amd_let_interrupt,
	.interrupt_cpu = amd_interrupt_cpu,
};
