// SPDX-License-Identifier: GPL-2.0-only
/* core/pci*.c with arch/x86/pci_irq.c: functions of cells, before a machine that the test plays. */
#include "../unit.h"
#include <iommu.h>
#include <irq.h>
#include <page_pool.h>
#include <paging.h>
#include <pci_config.h>
#include <setup.h>

#define NIC    0x0010 /* 00:02.0: MSI, MSI-X, I/O and memory */
#define MULTI  0x0018 /* 00:03.0: 32 MSI vectors with mask bits */
#define BRIDGE 0x00e0 /* 00:1c.0: MSI with an address of 32 bits */
#define IOMMU  0x0008
#define ABSENT 0x0028
#define ALIEN  0x0030 /* there, but in nobody's configuration */

#define MMCONFIG 0xb0000000ULL
#define TABLE    0xfebd0000ULL
#define PBA      0xfebd0800ULL

/* --- the machine's configuration space ------------------------------------------------------ */

struct function {
	u16 bdf;
	u32 word[PCI_CONFIG_SIZE / 4];
};

static struct function functions[5];

struct config_write {
	u16 bdf;
	u32 reg, size, value;
};

static struct config_write writes[256];
static u32 num_writes;

static struct function *function_at(u16 bdf)
{
	for (u32 n = 0; n < ARRAY_SIZE(functions); n++)
		if (functions[n].bdf == bdf)
			return &functions[n];
	return NULL;
}

u32 arch_pci_read(u16 bdf, u32 reg, u32 size)
{
	struct function *function = function_at(bdf);
	u32 value = ~0U;

	assert_true((size == 1 || size == 2 || size == 4) && reg % size == 0 &&
		    reg < PCI_CONFIG_SIZE);
	if (function)
		value = function->word[reg / 4] >> (8 * (reg & 3));
	return value & (~0U >> (32 - 8 * size));
}

/** Bits of message control words that are so in hardware. */
static u32 read_only(u16 bdf, u32 reg)
{
	if ((bdf == NIC && reg == 0xd0) || (bdf == MULTI && reg == 0x50) ||
	    (bdf == BRIDGE && reg == 0x60))
		return 0xff8effff;
	return bdf == NIC && reg == 0xa0 ? 0x3fffffff : 0;
}

void arch_pci_write(u16 bdf, u32 reg, u32 size, u32 value)
{
	u32 *word, kept;
	struct function *function = function_at(bdf);

	assert_true((size == 1 || size == 2 || size == 4) && reg % size == 0 &&
		    reg < PCI_CONFIG_SIZE);
	assert_non_null(function);
	assert_true(num_writes < ARRAY_SIZE(writes));
	writes[num_writes++] = (struct config_write){ bdf, reg, size, value };
	word = &function->word[reg / 4];
	kept = *word;
	memcpy((u8 *)word + (reg & 3), &value, size);
	*word = (*word & ~read_only(bdf, reg & ~3)) | (kept & read_only(bdf, reg & ~3));
}

static u32 hw(u16 bdf, u32 reg)
{
	return function_at(bdf)->word[reg / 4];
}

/** Of a message control word, what can be written. */
static u32 hw_control(u16 bdf, u32 reg)
{
	return (hw(bdf, reg) & ~read_only(bdf, reg)) >> 16;
}

static void set_hw(u16 bdf, u32 reg, u32 value)
{
	function_at(bdf)->word[reg / 4] = value;
}

/** Word of an entry of the NIC's table in hardware. */
static u32 *entry(u32 n, u32 word)
{
	return (u32 *)(fake_device + TABLE % FAKE_DEVICE_SIZE) + 4 * n + word;
}

/* --- the IOMMU and the local APICs ---------------------------------------------------------- */

struct jailhouse_system *system_config;

static bool remapping;
static struct irq_message routes[64][IOMMU_MAX_INTERRUPTS];
static const struct cell *owners[64];
static u32 prepared, fail_prepare;

bool iommu_present(void)
{
	return remapping;
}

bool iommu_is_unit(u16 bdf)
{
	return bdf == IOMMU;
}

int iommu_device_prepare(u16 bdf)
{
	if (fail_prepare && prepared == fail_prepare)
		return -ENOMEM;
	prepared++;
	return 0;
}

void iommu_set_device(u16 bdf, const struct cell *cell)
{
	owners[bdf / 8] = cell;
}

void iommu_set_interrupt(u16 bdf, u32 index, const struct irq_message *msg)
{
	if (!remapping)
		return;
	assert_true(index < IOMMU_MAX_INTERRUPTS);
	routes[bdf / 8][index] = *msg;
}

static const struct irq_message *route(u16 bdf, u32 index)
{
	return &routes[bdf / 8][index];
}

static u32 count_routes(u16 bdf)
{
	u32 count = 0;

	for (u32 n = 0; n < IOMMU_MAX_INTERRUPTS; n++)
		count += route(bdf, n)->valid;
	return count;
}

/** APIC IDs are CPU numbers. */
static void init_cpus(void)
{
	for (u32 cpu = 0; cpu < TEST_CPUS; cpu++)
		cpu_public(cpu)->arch = (struct arch_cpu_public){ .apic_id = cpu, .x2apic = true };
}

/* --- configurations ------------------------------------------------------------------------- */

#define WRITE JAILHOUSE_PCICAPS_WRITE

/* Versions of clang-format disagree about macros that are lists. */
/* clang-format off */
#define NIC_CAPS                                  \
	{ PCI_CAP_ID_PM, 0xc8, 8, WRITE },        \
	{ PCI_CAP_ID_MSI, 0xd0, 14, WRITE },      \
	{ PCI_CAP_ID_EXP, 0xe0, 20, 0 },          \
	{ PCI_CAP_ID_VNDR, 0x6a, 5, WRITE },      \
	{ PCI_CAP_ID_MSIX, 0xa0, 12, WRITE }
#define MULTI_CAPS { PCI_CAP_ID_MSI, 0x50, 24, WRITE }
/* clang-format on */

static const struct jailhouse_pci_capability root_caps[] = {
	NIC_CAPS,
	MULTI_CAPS,
	{ PCI_CAP_ID_MSI, 0x60, 10, WRITE },
};

/* Versions of clang-format disagree about macros that are lists. */
/* clang-format off */
#define NIC_DEVICE                                                                           \
	{                                                                                    \
		.type = JAILHOUSE_PCI_TYPE_DEVICE, .bdf = NIC, .num_caps = 5,                \
		.bar_mask = { 0xfffe0000, 0xffffffe0, 0, 0xffffc000 }, .num_msi_vectors = 1, \
		.msi_64bits = 1, .num_msix_vectors = 5, .msix_region_size = 0x1000,          \
		.msix_address = TABLE,                                                       \
	}
#define MULTI_DEVICE(start)                                                     \
	{                                                                       \
		.type = JAILHOUSE_PCI_TYPE_DEVICE, .bdf = MULTI, .num_caps = 1, \
		.caps_start = (start), .num_msi_vectors = 20,                   \
		.bar_mask = { 0xfffff000, 0xffffffff },                         \
	}
/* clang-format on */

/* Not sorted. */
static const struct jailhouse_pci_device root_devices[] = {
	{ .type = JAILHOUSE_PCI_TYPE_BRIDGE,
	  .bdf = BRIDGE,
	  .caps_start = 6,
	  .num_caps = 1,
	  .num_msi_vectors = 1 },
	NIC_DEVICE,
	{ .type = JAILHOUSE_PCI_TYPE_DEVICE, .bdf = IOMMU },
	MULTI_DEVICE(5),
	{ .type = JAILHOUSE_PCI_TYPE_DEVICE, .bdf = ABSENT },
};

static const struct jailhouse_memory root_mem[] = {
	MEM(0, 0, 0x10000000, RWX),
	MEM(0xfeb80000, 0xfeb80000, 0x20000, RW),
	MEM(0xfebd1000, 0xfebd1000, 0x3000, RW),
};

static const struct cell_parts root_parts = {
	.name = "root",
	.cpus = 0xf,
	.mem = root_mem,
	.num_mem = ARRAY_SIZE(root_mem),
	.pci = root_devices,
	.num_pci = ARRAY_SIZE(root_devices),
	.caps = root_caps,
	.num_caps = ARRAY_SIZE(root_caps),
};

static const struct jailhouse_pci_capability cell_caps[] = { NIC_CAPS, MULTI_CAPS };
static const struct jailhouse_pci_device cell_devices[] = { MULTI_DEVICE(5), NIC_DEVICE };

static const struct cell_parts cell_parts = {
	.name = "cell",
	.id = 1,
	.cpus = 0xc,
	.pci = cell_devices,
	.num_pci = ARRAY_SIZE(cell_devices),
	.caps = cell_caps,
	.num_caps = ARRAY_SIZE(cell_caps),
};

static void make_functions(void)
{
	static const struct {
		u16 bdf;
		u32 reg, value;
	} words[] = {
		{ NIC, 0x00, 0x10d38086 },    { NIC, 0x04, 0x00100407 },
		{ NIC, 0x10, 0xfeb80000 },    { NIC, 0x14, 0xc041 },
		{ NIC, 0x1c, 0xfebd0000 },    { NIC, 0x30, 0xfeb00001 },
		{ NIC, 0x34, 0xc8 },          { NIC, 0x3c, 0x010b },
		{ NIC, 0xc8, 0x0003d001 },    { NIC, 0xd0, 0x0080e005 },
		{ NIC, 0xe0, 0x0092a010 },    { NIC, 0xa0, 0x00040011 },
		{ NIC, 0xa4, 0x3 },           { NIC, 0xa8, 0x803 },
		{ NIC, 0x100, 0x14020001 },   { MULTI, 0x00, 0x12341234 },
		{ MULTI, 0x04, 0x00100406 },  { MULTI, 0x10, 0xfe000004 },
		{ MULTI, 0x14, 0x1 },         { MULTI, 0x34, 0x50 },
		{ MULTI, 0x50, 0x018a0005 },  { BRIDGE, 0x00, 0x34208086 },
		{ BRIDGE, 0x04, 0x00100007 }, { BRIDGE, 0x0c, 0x00010000 },
		{ BRIDGE, 0x18, 0x00010100 }, { BRIDGE, 0x34, 0x60 },
		{ BRIDGE, 0x60, 0x00000005 }, { IOMMU, 0x00, 0x14191022 },
		{ IOMMU, 0x04, 0x00100000 },  { IOMMU, 0x34, 0x40 },
		{ IOMMU, 0x40, 0x0000600f },  { IOMMU, 0x60, 0x00810005 },
		{ ALIEN, 0x00, 0x56785678 },
	};
	static const u16 bdfs[] = { NIC, MULTI, BRIDGE, IOMMU, ALIEN };

	memset(functions, 0, sizeof(functions));
	for (u32 n = 0; n < ARRAY_SIZE(bdfs); n++)
		functions[n].bdf = bdfs[n];
	for (u32 n = 0; n < ARRAY_SIZE(words); n++)
		set_hw(words[n].bdf, words[n].reg, words[n].value);
	memset(fake_device, 0, sizeof(fake_device));
	for (u32 n = 0; n < 5; n++)
		*entry(n, 3) = 1;
}

/** Linux uses MSI-X of the NIC (vectors 0 and 2), and 4 vectors of MULTI. */
static void let_linux_use_interrupts(void)
{
	set_hw(NIC, 0xa0, 0x80040011);
	for (u32 n = 0; n < 3; n += 2) {
		*entry(n, 0) = 0xfee01000;
		*entry(n, 2) = 0x40 + n;
		*entry(n, 3) = 0;
	}
	set_hw(MULTI, 0x50, 0x01ab0005);
	set_hw(MULTI, 0x54, 0xfee02000);
	set_hw(MULTI, 0x5c, 0x4050);
	set_hw(MULTI, 0x60, 0x2);
}

static void set_up_machine(const struct cell_parts *root)
{
	reset_pool(POOL_PAGES);
	init_cpus();
	be_cpu(0);
	this_public()->cell = &root_cell;
	memset(&root_cell, 0, sizeof(root_cell));
	memset(routes, 0, sizeof(routes));
	memset(owners, 0, sizeof(owners));
	num_cells = 1;
	prepared = fail_prepare = num_writes = mmio_events = 0;
	system_config = make_system(root);
	system_config->platform_info.pci_mmconfig_base = MMCONFIG;
	system_config->platform_info.pci_mmconfig_end_bus = 15;
	root_cell.config = &system_config->root_cell;
	root_cell.cpus[0] = 0xf;
}

static int setup(void **state)
{
	unit_setup(state);
	remapping = true;
	make_functions();
	return 0;
}
#define pci_test(function) cmocka_unit_test_setup_teardown(function, setup, unit_teardown)

/** Enabled, with the root cell alone. */
static void enable(void)
{
	set_up_machine(&root_parts);
	assert_accepted(pci_check_system(system_config));
	assert_accepted(pci_cell_init(&root_cell));
	assert_int_equal(num_writes, 0);
	pci_silence();
	pci_activate();
	num_writes = 0;
}

/** The cell has the NIC, MULTI, and CPUs 2 and 3. */
static struct cell *create(const struct cell_parts *parts)
{
	struct cell *cell;

	assert_accepted(pci_check_cell(make_desc(parts)));
	cell = add_cell(parts);
	assert_int_equal(pci_cell_init(cell), 0);
	root_cell.cpus[0] &= ~cell->cpus[0];
	pci_take_devices(cell);
	num_writes = 0;
	return cell;
}

static void destroy(struct cell *cell)
{
	root_cell.next = NULL;
	num_cells--;
	root_cell.cpus[0] |= cell->cpus[0];
	pci_return_devices(cell);
	pci_cell_exit(cell);
	num_writes = 0;
}

static u32 config_read(struct cell *cell, u16 bdf, u32 reg, u32 size)
{
	struct mmio_access access = { .size = size, .value = 0x5555555555555555 };

	assert_true(pci_config_access(cell, bdf, reg, &access));
	return access.value;
}

static void config_write(struct cell *cell, u16 bdf, u32 reg, u32 size, u32 value)
{
	struct mmio_access access = { .size = size, .value = value, .is_write = true };

	assert_true(pci_config_access(cell, bdf, reg, &access));
}

static enum mmio_result guest_mmio(struct cell *cell, u64 address, u32 size, bool is_write,
				   u64 *value)
{
	struct mmio_access access = {
		.address = address, .size = size, .is_write = is_write, .value = *value
	};
	enum mmio_result result;

	this_public()->cell = cell;
	result = mmio_dispatch(cell, &access);
	this_public()->cell = &root_cell;
	*value = access.value;
	return result;
}

static u64 guest_read(struct cell *cell, u64 address, u32 size)
{
	u64 value = 0;

	assert_int_equal(guest_mmio(cell, address, size, false, &value), MMIO_DONE);
	return value;
}

static void guest_write(struct cell *cell, u64 address, u32 size, u64 value)
{
	assert_int_equal(guest_mmio(cell, address, size, true, &value), MMIO_DONE);
}

/* --- configurations ------------------------------------------------------------------------- */

static struct jailhouse_pci_device changed[ARRAY_SIZE(root_devices)];
static struct jailhouse_pci_capability changed_caps[ARRAY_SIZE(root_caps)];
static struct jailhouse_memory changed_mem[ARRAY_SIZE(root_mem)];

static struct cell_parts changeable(void)
{
	struct cell_parts parts = root_parts;

	memcpy(changed, root_devices, sizeof(changed));
	memcpy(changed_caps, root_caps, sizeof(changed_caps));
	memcpy(changed_mem, root_mem, sizeof(changed_mem));
	parts.pci = changed;
	parts.caps = changed_caps;
	parts.mem = changed_mem;
	return parts;
}

#define assert_system_refused(change, words)                                     \
	do {                                                                     \
		struct cell_parts parts = changeable();                          \
		change;                                                          \
		set_up_machine(&parts);                                          \
		assert_refused(pci_check_system(system_config), -EINVAL, words); \
	} while (0)

static void insane(void **state)
{
	assert_system_refused(changed[1].type = JAILHOUSE_PCI_TYPE_IVSHMEM,
			      "00:02.0 of cell \"root\" is for shared memory");
	assert_system_refused(changed[1].type = 0, "unknown type");
	assert_system_refused(changed[1].domain = 1, "domain 0");
	assert_system_refused(changed[1].bdf = 0x1000,
			      "10:00.0 of cell \"root\" is on a bus beyond");
	assert_system_refused(changed[1].bdf = MULTI, "00:03.0 of cell \"root\" is listed twice");
	assert_system_refused(changed[1].caps_start = 3, "beyond the end");
	assert_system_refused(changed[1].caps_start = 0xffff, "beyond the end");
	assert_system_refused(changed[1].num_caps = 0xffff, "beyond the end");
	assert_system_refused(changed_caps[4].start = 0xf8, "has a capability outside");
	assert_system_refused(changed_caps[4].start = 0x3f, "has a capability outside");
	assert_system_refused(changed_caps[4].len = 0, "outside");
	assert_system_refused(changed_caps[4].len = 0xffff, "outside");
	assert_system_refused(changed_caps[4].id |= JAILHOUSE_PCI_EXT_CAP,
			      "has a capability outside");
	assert_system_refused(
		(changed_caps[4].id |= JAILHOUSE_PCI_EXT_CAP, changed_caps[4].start = 0xff8),
		"outside");
	assert_system_refused(changed[3].num_msi_vectors = 33, "more than 32 MSI");
	assert_system_refused(changed[1].num_msix_vectors = 513,
			      "more MSI-X vectors than there can be");
	assert_system_refused(changed[1].msix_region_size = 0x4f, "no sane region");
	assert_system_refused(changed[1].msix_address = 0, "no sane region");
	assert_system_refused(changed[1].msix_address = TABLE + 8, "no sane region");
	assert_system_refused(changed[1].msix_address = -0x1000ULL, "no sane region");
	assert_system_refused(changed_mem[2].phys_start = TABLE,
			      "00:02.0 of cell \"root\" has its MSI-X table in a memory region");
	assert_system_refused(changed_mem[2].phys_start = MMCONFIG + 0xfff000,
			      "memory region 2 of cell \"root\" has a part of MMCONFIG");
	remapping = false;
	assert_system_refused(changed[1].num_msix_vectors = 2049,
			      "more MSI-X vectors than there can be");
}

static void other_hosts(void **state)
{
	set_up_machine(&root_parts);
	system_config->platform_info.pci_is_virtual = 1;
	assert_refused(pci_check_system(system_config), -EINVAL, "no PCI host");
	set_up_machine(&root_parts);
	system_config->platform_info.pci_mmconfig_base = MMCONFIG + 0x1000;
	assert_refused(pci_check_system(system_config), -EINVAL,
		       "MMCONFIG cannot be at 0xb0001000");
	set_up_machine(&root_parts);
	system_config->platform_info.pci_mmconfig_base = -0x100000ULL;
	assert_refused(pci_check_system(system_config), -EINVAL, "MMCONFIG cannot be");
	set_up_machine(&root_parts);
	system_config->platform_info.pci_mmconfig_base = 0;
	assert_accepted(pci_check_system(system_config));
	assert_accepted(pci_cell_init(&root_cell));
	assert_int_equal(root_cell.mmio.count, 1); /* the MSI-X table */
}

static void ownership(void **state)
{
	struct cell_parts parts = { .name = "other", .cpus = 4, .pci = changed, .num_pci = 1 };

	enable();
	memset(changed, 0, sizeof(changed));
	changed[0].type = JAILHOUSE_PCI_TYPE_DEVICE;
	changed[0].bdf = ALIEN;
	assert_refused(pci_check_cell(make_desc(&parts)), -EINVAL,
		       "00:06.0 of cell \"other\" is not the root cell's");
	changed[0].bdf = IOMMU;
	assert_refused(pci_check_cell(make_desc(&parts)), -EINVAL,
		       "00:01.0 of cell \"other\" is an IOMMU");
	changed[0].bdf = ABSENT;
	assert_refused(pci_check_cell(make_desc(&parts)), -EINVAL,
		       "00:05.0 of cell \"other\" is not in this machine");
	changed[0].bdf = BRIDGE;
	assert_refused(pci_check_cell(make_desc(&parts)), -EINVAL, "another type");
	changed[0].bdf = NIC;
	assert_accepted(pci_check_cell(make_desc(&parts)));
	changed[0].num_msix_vectors = 1;
	changed[0].msix_region_size = 0x1000;
	changed[0].msix_address = TABLE + 0x1000;
	assert_refused(pci_check_cell(make_desc(&parts)), -EINVAL, "MSI-X table elsewhere");
	changed[0].num_msix_vectors = 0;
	create(&cell_parts);
	assert_refused(pci_check_cell(make_desc(&parts)), -EBUSY,
		       "00:02.0 belongs to cell \"cell\"");
}

/** What the hardware says otherwise is refused before anything is changed. */
static void not_as_configured(void **state)
{
	static const struct {
		u16 bdf;
		u32 reg, value;
		const char *words;
	} cases[] = {
		{ NIC, 0x0c, 0x00010000, "00:02.0 is not of the type" },
		{ BRIDGE, 0x0c, 0, "00:1c.0 is not of the type" },
		{ NIC, 0x1c, 0xfebe0000, "00:02.0 is not at 0xfebd0000 in its BAR 3" },
		{ NIC, 0xa4, 0x1003, "not at" },
		{ NIC, 0xa4, 0x1, "not at" }, /* I/O */
		{ NIC, 0xa4, 0x7, "not at" },
		{ NIC, 0xa0, 0x80050011, "00:02.0 uses more MSI-X vectors" },
		{ MULTI, 0x50, 0x01db0005, "00:03.0 uses more MSI vectors" },
		{ BRIDGE, 0x34, 0x70, NULL },
		{ BRIDGE, 0x70, 0x00010005, NULL },
		{ BRIDGE, 0x34, 0x80, NULL },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		make_functions();
		set_up_machine(&root_parts);
		set_hw(cases[n].bdf, cases[n].reg, cases[n].value);
		assert_refused(pci_cell_init(&root_cell), cases[n].words ? -EINVAL : 0,
			       cases[n].words);
		assert_int_equal(num_writes, 0);
		if (cases[n].words) {
			assert_int_equal(mem_pool.used, 0);
			assert_int_equal(root_cell.arch.pci.count, 0);
		}
	}
	/* In use, and not where the configuration says. */
	make_functions();
	set_up_machine(&root_parts);
	set_hw(BRIDGE, 0x34, 0x70);
	set_hw(BRIDGE, 0x70, 0x00010005);
	assert_refused(pci_cell_init(&root_cell), -EINVAL, "00:1c.0 uses more MSI vectors");
	/* A list of capabilities that goes in circles. */
	make_functions();
	set_up_machine(&root_parts);
	set_hw(NIC, 0xe0, 0x0092c810);
	assert_accepted(pci_cell_init(&root_cell));
	assert_false(pci_find(&root_cell, NIC)->msix.vectors);
}

static void no_memory(void **state)
{
	struct cell *cell;

	set_up_machine(&root_parts);
	reset_pool(0);
	assert_refused(pci_cell_init(&root_cell), -ENOMEM, "list of PCI devices");
	set_up_machine(&root_parts);
	fail_prepare = 2;
	assert_refused(pci_cell_init(&root_cell), -ENOMEM, "too small for the PCI devices");
	assert_int_equal(mem_pool.used, 0);
	enable();
	reset_pool(0);
	cell = add_cell(&cell_parts);
	assert_int_equal(pci_cell_init(cell), -ENOMEM);
	pci_cell_exit(cell);
	assert_int_equal(cell->arch.pci.count, 0);
}

/* --- configuration space -------------------------------------------------------------------- */

static void foreign_functions(void **state)
{
	static const u16 bdfs[] = { ALIEN, ABSENT, 0xffff, 0x0011, 0x0110 };
	struct cell *cell;

	enable();
	cell = create(&cell_parts);
	for (u32 n = 0; n < ARRAY_SIZE(bdfs); n++) {
		assert_int_equal(config_read(&root_cell, bdfs[n], 0, 4), 0xffffffff);
		assert_int_equal(config_read(cell, bdfs[n], 0, 2), 0xffff);
		config_write(&root_cell, bdfs[n], 4, 2, 7);
	}
	assert_int_equal(config_read(&root_cell, NIC, 0, 4), 0xffffffff);
	assert_int_equal(config_read(&root_cell, MULTI, 0xe, 1), 0xff);
	config_write(&root_cell, NIC, 4, 2, 7);
	config_write(cell, BRIDGE, 4, 2, 7);
	assert_int_equal(config_read(cell, BRIDGE, 0, 4), 0xffffffff);
	assert_int_equal(config_read(cell, NIC, 0, 4), 0x10d38086);
	assert_int_equal(config_read(&root_cell, BRIDGE, 0, 4), 0x34208086);
	assert_int_equal(num_writes, 0);
}

static void odd_accesses(void **state)
{
	struct mmio_access access = { .size = 8 };

	enable();
	assert_false(pci_config_access(&root_cell, NIC, 0, &access));
	access.size = 4;
	assert_false(pci_config_access(&root_cell, NIC, 0x1000, &access));
	assert_false(pci_config_access(&root_cell, NIC, 0xfffffffc, &access));
	access.size = 3;
	assert_false(pci_config_access(&root_cell, ALIEN, 0, &access));
	for (u32 reg = 0; reg < PCI_CONFIG_SIZE; reg++) {
		if (reg & 1)
			assert_int_equal(config_read(&root_cell, NIC, reg, 2), 0xffff);
		if (reg & 3)
			assert_int_equal(config_read(&root_cell, NIC, reg, 4), 0xffffffff);
		if (reg & 1)
			config_write(&root_cell, NIC, reg, 2, 0);
		if (reg & 3)
			config_write(&root_cell, NIC, reg, 4, 0);
	}
	assert_int_equal(num_writes, 0);
	assert_int_equal(config_read(&root_cell, NIC, 2, 2), 0x10d3);
	assert_int_equal(config_read(&root_cell, NIC, 3, 1), 0x10);
	assert_int_equal(config_read(&root_cell, NIC, 0x100, 4), 0x14020001);
}

static void writes_pass(void **state)
{
	enable();
	config_write(&root_cell, NIC, 4, 2, 0xffff);
	assert_int_equal(hw(NIC, 4), 0x00100557);
	config_write(&root_cell, NIC, 5, 1, 0x04);
	assert_int_equal(hw(NIC, 4), 0x00100457);
	assert_int_equal(writes[1].size, 1);
	/* A write of the command leaves the status alone, where a 1 would clear. */
	num_writes = 0;
	config_write(&root_cell, NIC, 4, 4, 0x00000007);
	assert_int_equal(writes[0].value & 0xf9000000, 0);
	config_write(&root_cell, NIC, 0xcc, 4, 0x0000abcd);
	assert_int_equal(hw(NIC, 0xcc), 0x0000abcd);
	num_writes = 0;
	config_write(&root_cell, NIC, 0xe8, 4, ~0U); /* not writable */
	config_write(&root_cell, NIC, 0x2c, 4, ~0U);
	config_write(&root_cell, NIC, 0x30, 4, ~0U);
	config_write(&root_cell, IOMMU, 4, 2, 7); /* nothing of an IOMMU is */
	config_write(&root_cell, IOMMU, 0x10, 4, 7);
	config_write(&root_cell, IOMMU, 0x60, 4, ~0U);
	assert_int_equal(num_writes, 0);
	/* Bridges: on, not off. */
	config_write(&root_cell, BRIDGE, 4, 2, 0);
	assert_int_equal(hw(BRIDGE, 4), 0x00100007);
	config_write(&root_cell, BRIDGE, 0x18, 4, 0x00ff0000);
	config_write(&root_cell, BRIDGE, 0x3c, 4, 0x00430000);
	assert_int_equal(hw(BRIDGE, 0x18), 0x00010100);
	assert_int_equal(hw(BRIDGE, 0x3c), 0x00030000);
}

static void bars(void **state)
{
	enable();
	for (u32 reg = 0x10; reg < 0x28; reg += 4) {
		u32 before = hw(NIC, reg);

		config_write(&root_cell, NIC, reg, 4, 0xffffffff);
		config_write(&root_cell, NIC, reg, 4, 0x10000000);
		assert_int_equal(hw(NIC, reg), before);
	}
	config_write(&root_cell, NIC, 0x10, 4, 0xffffffff);
	assert_int_equal(config_read(&root_cell, NIC, 0x10, 4), 0xfffe0000);
	assert_int_equal(config_read(&root_cell, NIC, 0x12, 2), 0xfffe);
	assert_int_equal(config_read(&root_cell, NIC, 0x14, 4), 0x10000001);
	/* After the function was reset, its driver puts them back, and nowhere else. */
	set_hw(NIC, 0x10, 0);
	config_write(&root_cell, NIC, 0x10, 4, 0xfeb60000);
	assert_int_equal(hw(NIC, 0x10), 0);
	config_write(&root_cell, NIC, 0x10, 4, 0xfeb80000);
	assert_int_equal(hw(NIC, 0x10), 0xfeb80000);
}

static void assert_to_cell(const struct cell *cell, u32 destination, u32 vector)
{
	assert_true(bit_test(cell->cpus, destination) && vector >= 16);
}

static bool may_write(u16 bdf, u32 reg)
{
	return (reg >= 4 && reg < 8) || (reg >= 0xc && reg < 0x28) || reg == 0x3c ||
	       (bdf == NIC ? (reg >= 0x68 && reg < 0x6f) || (reg >= 0xa0 && reg < 0xe0) :
			     reg >= 0x50 && reg < 0x68);
}

/** What is beside a capability stays. */
static void capability_edges(void **state)
{
	enable();
	set_hw(NIC, 0x68, 0x00001122);
	set_hw(NIC, 0x6c, 0x44332211);
	config_write(&root_cell, NIC, 0x68, 4, 0xaabbccdd);
	assert_int_equal(num_writes, 1);
	assert_int_equal(hw(NIC, 0x68), 0xaabb1122);
	config_write(&root_cell, NIC, 0x6c, 4, 0xaabbccdd);
	assert_int_equal(hw(NIC, 0x6c), 0x44bbccdd);
	config_write(&root_cell, NIC, 0x6e, 2, 0x5566);
	assert_int_equal(writes[2].reg, 0x6e);
	assert_int_equal(writes[2].size, 2);
	assert_int_equal(hw(NIC, 0x6c), 0x4466ccdd);
	config_write(&root_cell, NIC, 0x68, 2, 0xffff);
	config_write(&root_cell, NIC, 0x6f, 1, 0xff);
	assert_int_equal(num_writes, 3);
}

/** Whatever the cell writes: BARs, and all that no rule lets through, stay. */
static void check_unmoved(void)
{
	for (u32 n = 0; n < num_writes; n++)
		assert_true(may_write(writes[n].bdf, writes[n].reg));
	assert_int_equal(hw(NIC, 0x10), 0xfeb80000);
	assert_int_equal(hw(NIC, 0x14), 0xc041);
	assert_int_equal(hw(NIC, 0x1c), 0xfebd0000);
	assert_int_equal(hw(NIC, 0x68) & 0xffff, 0);
	assert_int_equal(hw(NIC, 0x6c) & 0xff000000, 0);
	assert_int_equal(hw(NIC, 0xa4), 0x3);
	assert_int_equal(hw(NIC, 0xd8), 0);
	assert_int_equal(hw(MULTI, 0x10), 0xfe000004);
	assert_int_equal(hw(MULTI, 0x14), 1);
	assert_int_equal(hw(MULTI, 0x58), 0);
}

static void check_routes(const struct cell *cell, u16 bdf)
{
	for (u32 n = 0; n < 40; n++)
		if (route(bdf, n)->valid)
			assert_to_cell(cell, route(bdf, n)->destination, route(bdf, n)->vector);
}

/** A message of the hardware, if it can be sent. */
static void check_message(const struct cell *cell, bool enabled, u32 address, u32 data)
{
	if (!enabled)
		return;
	assert_int_equal(address & 0xfff00000, 0xfee00000);
	assert_int_equal(data & 0x600, 0);
	if (!remapping)
		assert_to_cell(cell, address >> 12 & 0xff, data & 0xff);
}

static void check_messages(const struct cell *cell)
{
	check_message(cell, hw_control(NIC, 0xd0) & 1, hw(NIC, 0xd4), hw(NIC, 0xdc));
	check_message(cell, hw_control(MULTI, 0x50) & 1, hw(MULTI, 0x54), hw(MULTI, 0x5c));
	for (u32 n = 0; n < 5 && hw_control(NIC, 0xa0) == 0x8000; n++) {
		check_message(cell, !*entry(n, 3), *entry(n, 0), *entry(n, 2));
		assert_int_equal(*entry(n, 1), 0);
		if (remapping && !*entry(n, 3))
			assert_int_equal(*entry(n, 2), n);
	}
}

/** Values that have a chance: interrupt messages to any of the CPUs, enable bits, or anything. */
static u32 hostile_value(void)
{
	switch (random_below(4)) {
	case 0:
		return 0xfee00000 | random_below(5) << 12;
	case 1:
		return random_below(0x60) | random_below(4) << 8;
	case 2:
		return random_below(0x10000) | 0x8001;
	default:
		return next_random();
	}
}

static void write_at_random(struct cell *cell)
{
	static const u32 likely[] = { 0xa2, 0xd2, 0xd4, 0xdc, 0x52, 0x54, 0x5c };
	u32 size = 1 << random_below(3), reg = likely[random_below(ARRAY_SIZE(likely))];

	switch (random_below(3)) {
	case 0:
		reg = random_below(0x110);
		/* fall through */
	case 1:
		config_write(cell, random_below(2) ? NIC : MULTI, reg, size, hostile_value());
		break;
	default:
		guest_write(cell, TABLE + random_below(20) * 4, 4,
			    random_below(2) ? hostile_value() : 0);
	}
}

static void hostile_rounds(void)
{
	struct cell *cell;

	let_linux_use_interrupts();
	enable();
	cell = create(&cell_parts);
	for (u32 n = 0; n < 100000; n++) {
		num_writes = 0;
		write_at_random(cell);
		check_unmoved();
		check_routes(cell, NIC);
		check_routes(cell, MULTI);
		check_messages(cell);
	}
}

static void random_writes(void **state)
{
	hostile_rounds();
}

static void random_writes_without_iommu(void **state)
{
	remapping = false;
	hostile_rounds();
}

/* --- MMCONFIG ------------------------------------------------------------------------------- */

static void mmconfig(void **state)
{
	struct cell *cell;
	u64 value = 0;

	enable();
	cell = create(&cell_parts);
	assert_int_equal(guest_read(cell, MMCONFIG + NIC * 0x1000ULL, 4), 0x10d38086);
	assert_int_equal(guest_read(cell, MMCONFIG + NIC * 0x1000ULL + 0x100, 2), 0x0001);
	assert_int_equal(guest_read(&root_cell, MMCONFIG + NIC * 0x1000ULL, 4), 0xffffffff);
	assert_int_equal(guest_read(&root_cell, MMCONFIG + BRIDGE * 0x1000ULL, 4), 0x34208086);
	assert_int_equal(guest_read(cell, MMCONFIG + 0xfffffc, 4), 0xffffffff); /* the last bus */
	guest_write(cell, MMCONFIG + NIC * 0x1000ULL + 4, 2, 0x6);
	assert_int_equal(hw(NIC, 4) & 0xffff, 0x6);
	assert_int_equal(guest_mmio(cell, MMCONFIG + 0x1000000, 4, false, &value), MMIO_REFUSED);
	assert_int_equal(guest_mmio(cell, MMCONFIG + NIC * 0x1000ULL, 8, false, &value),
			 MMIO_REFUSED);
}

/* --- MSI ------------------------------------------------------------------------------------ */

static void msi_remapped(void **state)
{
	struct cell *cell;

	enable();
	cell = create(&cell_parts);
	/* Enabled before there is a message. */
	config_write(cell, NIC, 0xd2, 2, 0x0001);
	assert_int_equal(hw_control(NIC, 0xd0) & 1, 0);
	assert_int_equal(count_routes(NIC), 0);
	assert_int_equal(config_read(cell, NIC, 0xd2, 2), 0x0081);
	config_write(cell, NIC, 0xd4, 4, 0xfee03000);
	assert_int_equal(hw_control(NIC, 0xd0) & 1, 0); /* vector 0 */
	config_write(cell, NIC, 0xdc, 2, 0x4031);
	assert_int_equal(hw_control(NIC, 0xd0), 1);
	assert_int_equal(hw(NIC, 0xd4), 0xfee00000);
	assert_int_equal(hw(NIC, 0xdc), 0);
	assert_int_equal(route(NIC, 0)->vector, 0x31);
	assert_int_equal(route(NIC, 0)->destination, 3);
	/* The cell reads what it wrote. */
	assert_int_equal(config_read(cell, NIC, 0xd4, 4), 0xfee03000);
	assert_int_equal(config_read(cell, NIC, 0xdc, 2), 0x4031);
	/* Aimed elsewhere: nothing arrives. */
	config_write(cell, NIC, 0xd5, 1, 0);
	assert_int_equal(count_routes(NIC), 0);
	assert_int_equal(hw_control(NIC, 0xd0) & 1, 0);
	config_write(cell, NIC, 0xd4, 4, 0xfee02000);
	assert_int_equal(count_routes(NIC), 1);
	config_write(cell, NIC, 0xdc, 2, 0x4431); /* NMI */
	assert_int_equal(count_routes(NIC), 0);
	config_write(cell, NIC, 0xdc, 2, 0x0031);
	config_write(cell, NIC, 0xd8, 4, 1); /* not to the APICs at all */
	assert_int_equal(count_routes(NIC), 0);
	config_write(cell, NIC, 0xd2, 2, 0);
	assert_int_equal(hw_control(NIC, 0xd0) & 1, 0);
}

static void multiple_messages(void **state)
{
	struct cell *cell;

	enable();
	cell = create(&cell_parts);
	/* The function has 32, the configuration allows 20: 16 can be. */
	assert_int_equal(config_read(cell, MULTI, 0x52, 2), 0x0188);
	config_write(cell, MULTI, 0x54, 4, 0xfee02000);
	config_write(cell, MULTI, 0x5c, 4, 0x00000047);
	config_write(cell, MULTI, 0x60, 4, 0x0002);
	config_write(cell, MULTI, 0x52, 2, 0xffff);
	assert_int_equal(config_read(cell, MULTI, 0x52, 2), 0x01c9);
	assert_int_equal(hw_control(MULTI, 0x50), 0x0041);
	assert_int_equal(count_routes(MULTI), 16);
	for (u32 n = 0; n < 16; n++)
		assert_int_equal(route(MULTI, n)->vector, 0x40 + n);
	assert_int_equal(hw(MULTI, 0x5c), 0);
	assert_int_equal(hw(MULTI, 0x60), 2);
	config_write(cell, MULTI, 0x60, 4, 0);
	assert_int_equal(hw(MULTI, 0x60), 0);
	/* Fewer: what is no longer in use goes with the next confinement. */
	config_write(cell, MULTI, 0x52, 2, 0x0011);
	pci_reroute(cell);
	assert_int_equal(count_routes(MULTI), 2);
	assert_int_equal(hw_control(MULTI, 0x50), 0x0011);
}

static void msi_direct(void **state)
{
	struct cell *cell;

	remapping = false;
	enable();
	cell = create(&cell_parts);
	config_write(cell, MULTI, 0x54, 4, 0xfee02008);
	config_write(cell, MULTI, 0x5c, 2, 0xc145);
	config_write(cell, MULTI, 0x52, 2, 0x0021);
	assert_int_equal(hw_control(MULTI, 0x50), 0x0021);
	assert_int_equal(hw(MULTI, 0x54), 0xfee02000);
	assert_int_equal(hw(MULTI, 0x5c), 0xc044); /* 4 vectors, delivery as confined */
	config_write(cell, MULTI, 0x54, 4, 0xfee01000);
	assert_int_equal(hw_control(MULTI, 0x50) & 1, 0);
	assert_int_equal(hw(MULTI, 0x54), 0xfee02000);
	assert_int_equal(count_routes(MULTI), 0);
}

/* --- MSI-X ---------------------------------------------------------------------------------- */

static void msix_remapped(void **state)
{
	struct cell *cell;

	enable();
	cell = create(&cell_parts);
	config_write(cell, NIC, 4, 2, 2);
	assert_int_equal(config_read(cell, NIC, 0xa2, 2), 0x0004);
	/* Before it is enabled, only shadows change. */
	guest_write(cell, TABLE + 0x10, 4, 0xfee02000);
	guest_write(cell, TABLE + 0x14, 4, 0);
	guest_write(cell, TABLE + 0x18, 4, 0x35);
	guest_write(cell, TABLE + 0x1c, 4, 0);
	assert_int_equal(*entry(1, 3), 1);
	config_write(cell, NIC, 0xa2, 2, 0xc000);
	assert_int_equal(hw_control(NIC, 0xa0), 0xc000);
	assert_int_equal(count_routes(NIC), 0);
	config_write(cell, NIC, 0xa2, 2, 0x8000);
	assert_int_equal(hw_control(NIC, 0xa0), 0x8000);
	assert_int_equal(count_routes(NIC), 1);
	assert_int_equal(route(NIC, 1)->vector, 0x35);
	assert_int_equal(*entry(1, 0), 0xfee00000);
	assert_int_equal(*entry(1, 2), 1);
	assert_int_equal(*entry(1, 3), 0);
	assert_int_equal(*entry(0, 3), 1);
	assert_int_equal(guest_read(cell, TABLE + 0x18, 4), 0x35);
	assert_true(guest_read(cell, TABLE + 0x18, 8) == 0x35);
	/* Masked, moved, unmasked; by 8 bytes. */
	guest_write(cell, TABLE + 0x1c, 4, 1);
	assert_int_equal(*entry(1, 3), 1);
	guest_write(cell, TABLE + 0x10, 8, 0xfee03000);
	assert_int_equal(*entry(1, 3), 1);
	guest_write(cell, TABLE + 0x18, 8, 0x36);
	assert_int_equal(route(NIC, 1)->destination, 3);
	assert_int_equal(route(NIC, 1)->vector, 0x36);
	assert_int_equal(*entry(1, 3), 0);
	/* Forged while it is in use. */
	guest_write(cell, TABLE + 0x10, 4, 0xfee00000);
	assert_int_equal(*entry(1, 3), 1);
	assert_int_equal(count_routes(NIC), 0);
}

static void msix_odd_accesses(void **state)
{
	struct cell *cell;

	enable();
	cell = create(&cell_parts);
	config_write(cell, NIC, 0xa2, 2, 0x8000);
	for (u32 offset = 0; offset < 0x50; offset++)
		for (u32 size = 1; size <= 8; size *= 2)
			if (size < 4 || offset % size) {
				guest_write(cell, TABLE + offset, size, ~0ULL);
				assert_true(guest_read(cell, TABLE + offset, size) == ~0ULL);
			}
	for (u32 n = 0; n < 5; n++)
		assert_int_equal(guest_read(cell, TABLE + n * 0x10 + 12, 4), 1);
	assert_int_equal(count_routes(NIC), 0);
}

static void around_the_table(void **state)
{
	struct cell *cell;
	u64 value = 0;

	enable();
	cell = create(&cell_parts);
	fake_device[PBA % FAKE_DEVICE_SIZE] = 0x12;
	assert_int_equal(guest_read(cell, PBA, 8), 0x12);
	guest_write(cell, TABLE + 0x50, 4, 0x1234);
	assert_int_equal(*entry(5, 0), 0x1234);
	assert_int_equal(guest_mmio(cell, PBA + 1, 8, false, &value), MMIO_REFUSED);
	assert_int_equal(guest_mmio(cell, TABLE + 0x1000, 4, false, &value), MMIO_REFUSED);
	/* Not the root cell's any more. */
	assert_int_equal(guest_mmio(&root_cell, PBA, 4, false, &value), MMIO_REFUSED);
	assert_int_equal(guest_mmio(&root_cell, TABLE, 4, true, &value), MMIO_REFUSED);
}

/** A cell that may use 2 of 5 vectors sees 2, and the others stay masked. */
static void fewer_vectors(void **state)
{
	static const struct jailhouse_pci_device few[] = { {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = NIC,
		.num_caps = 5,
		.num_msix_vectors = 2,
		.msix_region_size = 0x1000,
		.msix_address = TABLE,
	} };
	struct cell_parts parts = cell_parts;
	struct cell *cell;

	parts.pci = few;
	parts.num_pci = 1;
	let_linux_use_interrupts();
	enable();
	cell = create(&parts);
	config_write(cell, NIC, 4, 2, 2);
	assert_int_equal(config_read(cell, NIC, 0xa2, 2), 0x0001);
	config_write(cell, NIC, 0xa2, 2, 0x8000);
	for (u32 n = 0; n < 5; n++) {
		guest_write(cell, TABLE + n * 0x10, 8, 0xfee02000);
		guest_write(cell, TABLE + n * 0x10 + 8, 8, 0x30 + n);
	}
	assert_int_equal(count_routes(NIC), 2);
	for (u32 n = 0; n < 5; n++)
		assert_int_equal(*entry(n, 3), n >= 2);
	/* No MSI for this one: read-only. */
	num_writes = 0;
	config_write(cell, NIC, 0xd2, 2, 1);
	config_write(cell, NIC, 0xd4, 4, 0xfee02000);
	assert_int_equal(num_writes, 0);
}

static void fewer_messages(void **state)
{
	static const struct jailhouse_pci_device few[] = { {
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = MULTI,
		.caps_start = 5,
		.num_caps = 1,
		.num_msi_vectors = 3,
	} };
	struct cell_parts parts = cell_parts;
	struct cell *cell;

	parts.pci = few;
	parts.num_pci = 1;
	enable();
	cell = create(&parts);
	config_write(cell, MULTI, 0x54, 4, 0xfee02000);
	config_write(cell, MULTI, 0x5c, 2, 0x40);
	config_write(cell, MULTI, 0x52, 2, 0x0051);
	assert_int_equal(config_read(cell, MULTI, 0x52, 2), 0x0193);
	assert_int_equal(count_routes(MULTI), 2);
}

/** While the cell has its memory switched off, or has reset the function, nothing is sent; then all is. */
static void memory_off(void **state)
{
	struct cell *cell;

	enable();
	cell = create(&cell_parts);
	set_hw(NIC, 0x1c, 0); /* as after a reset by the cell */
	set_hw(NIC, 4, 0x00100000);
	guest_write(cell, TABLE, 8, 0xfee02000);
	guest_write(cell, TABLE + 8, 8, 0x33);
	*entry(4, 3) = 0;
	mmio_events = 0;
	config_write(cell, NIC, 0xa2, 2, 0x8000);
	assert_int_equal(hw_control(NIC, 0xa0), 0xc000);
	assert_int_equal(mmio_events, 0);
	config_write(cell, NIC, 0x1c, 4, 0xfebd0000);
	assert_int_equal(hw(NIC, 0x1c), 0xfebd0000);
	config_write(cell, NIC, 4, 2, 2);
	assert_int_equal(hw(NIC, 4), 0x00100002);
	assert_int_equal(hw_control(NIC, 0xa0), 0x8000);
	assert_int_equal(*entry(0, 3), 0);
	assert_int_equal(*entry(4, 3), 1);
	assert_int_equal(count_routes(NIC), 1);
}

static void msix_direct(void **state)
{
	struct cell *cell;

	remapping = false;
	enable();
	cell = create(&cell_parts);
	config_write(cell, NIC, 4, 2, 2);
	config_write(cell, NIC, 0xa2, 2, 0x8000);
	guest_write(cell, TABLE, 8, 0xfee02000);
	guest_write(cell, TABLE + 8, 8, 0x33);
	assert_int_equal(*entry(0, 0), 0xfee02000);
	assert_int_equal(*entry(0, 2), 0x33);
	assert_int_equal(*entry(0, 3), 0);
	guest_write(cell, TABLE, 8, 0xfee01000);
	assert_int_equal(*entry(0, 3), 1);
	assert_int_equal(*entry(0, 0), 0xfee02000);
}

/* --- enabling and disabling ----------------------------------------------------------------- */

static void taken_over(void **state)
{
	let_linux_use_interrupts();
	set_up_machine(&root_parts);
	assert_accepted(pci_cell_init(&root_cell));
	assert_int_equal(num_writes, 0);
	for (u32 n = 0; n < mmio_events; n++)
		assert_false(mmio_log[n].is_write);
	assert_int_equal(prepared, 3);
	assert_int_equal(config_read(&root_cell, MULTI, 0x52, 2), 0x01a9);
	assert_int_equal(config_read(&root_cell, MULTI, 0x5c, 2), 0x4050);

	/* Remapping is about to be turned on: what comes as it is arrives, or waits. */
	pci_silence();
	assert_int_equal(hw_control(NIC, 0xa0), 0xc000);
	assert_ptr_equal(owners[NIC / 8], &root_cell);
	assert_ptr_equal(owners[ABSENT / 8], NULL);
	assert_int_equal(count_routes(MULTI), 4);
	for (u32 n = 0; n < 4; n++)
		assert_int_equal(route(MULTI, 0x50 + n)->vector, 0x50 + n);
	assert_int_equal(hw(MULTI, 0x5c), 0x4050);

	pci_activate();
	assert_int_equal(hw_control(NIC, 0xa0), 0x8000);
	assert_int_equal(count_routes(NIC), 2);
	assert_int_equal(route(NIC, 2)->vector, 0x42);
	assert_int_equal(*entry(2, 2), 2);
	assert_int_equal(*entry(2, 3) | *entry(0, 3), 0);
	assert_int_equal(count_routes(MULTI), 4);
	assert_int_equal(route(MULTI, 3)->vector, 0x53);
	assert_int_equal(hw(MULTI, 0x5c) & 0xffff, 0);
	assert_int_equal(hw(MULTI, 0x60), 2);
	assert_int_equal(guest_read(&root_cell, TABLE + 0x28, 4), 0x42);
}

static void given_back(void **state)
{
	struct cell *cell;

	let_linux_use_interrupts();
	enable();
	cell = create(&cell_parts);
	destroy(cell);
	/* Linux's drivers are back. */
	config_write(&root_cell, NIC, 4, 2, 6);
	config_write(&root_cell, NIC, 0xa2, 2, 0x8000);
	guest_write(&root_cell, TABLE + 0x20, 8, 0xfee01000);
	guest_write(&root_cell, TABLE + 0x28, 8, 0x66);
	guest_write(&root_cell, TABLE + 0x30, 8, 0xfee02000);
	guest_write(&root_cell, TABLE + 0x38, 8, 0x100000067);
	config_write(&root_cell, MULTI, 0x54, 4, 0xfee03000);
	config_write(&root_cell, MULTI, 0x5c, 2, 0x4055);
	config_write(&root_cell, MULTI, 0x52, 2, 0x0001);
	pci_silence();
	assert_int_equal(route(MULTI, 0x55)->vector, 0x55);
	assert_int_equal(hw(MULTI, 0x5c) & 0xffff, 0x4055);
	assert_int_equal(hw(MULTI, 0x54), 0xfee03000);
	pci_release();
	assert_int_equal(hw_control(NIC, 0xa0), 0x8000);
	assert_int_equal(*entry(2, 0), 0xfee01000);
	assert_int_equal(*entry(2, 2), 0x66);
	assert_int_equal(*entry(2, 3), 0);
	assert_int_equal(*entry(3, 0), 0xfee02000);
	assert_int_equal(*entry(3, 2), 0x67);
	assert_int_equal(*entry(3, 3), 1);
	assert_int_equal(*entry(0, 3), 1);
	assert_int_equal(hw_control(MULTI, 0x50), 0x0001);
}

/* --- changing hands ------------------------------------------------------------------------- */

static void create_and_destroy(void **state)
{
	struct cell *cell;
	u32 used;

	let_linux_use_interrupts();
	enable();
	used = mem_pool.used;
	for (u32 round = 0; round < 3; round++) {
		config_write(&root_cell, NIC, 0x10, 4, ~0U);
		cell = create(&cell_parts);
		assert_ptr_equal(owners[NIC / 8], cell);
		assert_ptr_equal(owners[MULTI / 8], cell);
		assert_ptr_equal(owners[BRIDGE / 8], &root_cell);
		assert_int_equal(count_routes(NIC) + count_routes(MULTI), 0);
		assert_int_equal(hw(NIC, 4), 0x00100400);
		assert_int_equal(hw_control(NIC, 0xa0), 0);
		assert_int_equal(hw(NIC, 0x30), 0xfeb00000);
		assert_int_equal(hw_control(MULTI, 0x50) & 1, 0);
		assert_int_equal(config_read(cell, NIC, 0xa2, 2), 0x0004);
		/* Of what the root cell had in the table, nothing gets off. */
		config_write(cell, NIC, 4, 2, 2);
		config_write(cell, NIC, 0xa2, 2, 0x8000);
		for (u32 n = 0; n < 5; n++)
			assert_int_equal(*entry(n, 3), 1);
		config_write(cell, NIC, 0xa2, 2, 0);
		assert_int_equal(config_read(cell, MULTI, 0x5c, 2), 0);
		assert_int_equal(config_read(cell, NIC, 0x10, 4), 0xfeb80000);
		assert_int_equal(guest_read(cell, TABLE + 8, 4), 0);
		/* It uses them, and is started anew. */
		config_write(cell, NIC, 4, 2, 7);
		config_write(cell, NIC, 0x10, 4, 0);
		config_write(cell, MULTI, 0x54, 4, 0xfee02000);
		config_write(cell, MULTI, 0x5c, 2, 0x50);
		config_write(cell, MULTI, 0x52, 2, 0x0041);
		assert_int_equal(count_routes(MULTI), 16);
		cell->arch.pci.port_address = 0x80001000;
		pci_reset_devices(cell);
		assert_int_equal(count_routes(MULTI), 0);
		assert_int_equal(hw_control(MULTI, 0x50) & 1, 0);
		assert_int_equal(hw(NIC, 4), 0x00100400);
		assert_int_equal(config_read(cell, NIC, 0x10, 4), 0xfeb80000);
		assert_int_equal(cell->arch.pci.port_address, 0);
		config_write(cell, NIC, 4, 2, 7);
		destroy(cell);
		assert_int_equal(hw(NIC, 4), 0x00100400);
		assert_ptr_equal(owners[NIC / 8], &root_cell);
		assert_int_equal(config_read(&root_cell, NIC, 0, 4), 0x10d38086);
		assert_int_equal(config_read(&root_cell, NIC, 0x10, 4), 0xfeb80000);
		assert_int_equal(mem_pool.used, used);
		assert_int_equal(prepared, 3);
	}
}

/** Interrupts of the root cell's other functions that go to a CPU of the new cell stop. */
static void confined_anew(void **state)
{
	struct cell_parts parts = cell_parts;
	struct cell *cell;

	parts.num_pci = 0;
	let_linux_use_interrupts();
	enable();
	config_write(&root_cell, BRIDGE, 0x64, 4, 0xfee03000);
	config_write(&root_cell, BRIDGE, 0x68, 2, 0x77);
	config_write(&root_cell, BRIDGE, 0x62, 2, 1);
	guest_write(&root_cell, TABLE + 0x2c, 4, 1); /* masked, but routed all the same */
	assert_int_equal(count_routes(NIC), 2);
	assert_int_equal(count_routes(MULTI), 4);
	assert_int_equal(count_routes(BRIDGE), 1);
	guest_write(&root_cell, TABLE + 0x20, 4, 0xfee03000);
	cell = create(&parts);
	assert_int_equal(count_routes(NIC), 1);
	assert_int_equal(count_routes(MULTI), 0);
	assert_int_equal(count_routes(BRIDGE), 0);
	assert_int_equal(hw_control(BRIDGE, 0x60), 0);
	assert_int_equal(hw_control(MULTI, 0x50) & 1, 0);
	destroy(cell);
	assert_int_equal(count_routes(MULTI), 4);
	assert_int_equal(count_routes(BRIDGE), 1);
	assert_int_equal(hw_control(BRIDGE, 0x60), 1);
}

/** What a configuration calls it does not make a capability another one. */
static void forbidden_in_hardware(void **state)
{
	static const struct jailhouse_pci_capability lies[] = {
		{ JAILHOUSE_PCI_EXT_CAP | PCI_CAP_ID_VNDR, 0x100, 0xf00, WRITE },
		{ PCI_CAP_ID_VNDR, 0x40, 0x10, WRITE },
		{ PCI_CAP_ID_VNDR, 0x60, 0x60, WRITE },
	};
	static const struct {
		u16 bdf;
		u32 reg;
		bool passes;
	} cases[] = {
		{ NIC, 0x104, true },   { NIC, 0x13c, true },   { NIC, 0x140, false },
		{ NIC, 0x148, false },  { NIC, 0x17c, false },  { NIC, 0x180, true },
		{ NIC, 0x184, true },   { NIC, 0xf00, false },  { NIC, 0xffc, false },
		{ MULTI, 0x70, false }, { MULTI, 0x7c, false }, { MULTI, 0x80, true },
		{ MULTI, 0xb0, false }, { MULTI, 0xbc, false }, { MULTI, 0x6c, true },
	};
	struct jailhouse_pci_device devices[] = { cell_devices[0], cell_devices[1] };
	struct cell_parts parts = cell_parts;
	struct cell *cell;

	/* Lists go up and down: errors, SR-IOV, serial number, and at the end ATS; enhanced allocation between others. */
	set_hw(NIC, 0x100, 0xf0010001);
	set_hw(NIC, 0xf00, 0x1401000f);
	set_hw(NIC, 0x140, 0x18010010);
	set_hw(NIC, 0x180, 0x00010003);
	set_hw(MULTI, 0x50, 0x018ab005);
	set_hw(MULTI, 0xb0, 0x00007014);
	set_hw(MULTI, 0x70, 0x00008014);
	set_hw(MULTI, 0x80, 0x00000009);
	enable();
	parts.caps = lies;
	parts.num_caps = ARRAY_SIZE(lies);
	parts.pci = devices;
	devices[0].caps_start = 1; /* MULTI */
	devices[0].num_caps = 2;
	devices[0].num_msi_vectors = 0;
	devices[1].caps_start = 0;
	devices[1].num_caps = 1;
	devices[1].num_msi_vectors = devices[1].num_msix_vectors = 0;
	cell = create(&parts);
	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		u32 before = hw(cases[n].bdf, cases[n].reg);

		config_write(cell, cases[n].bdf, cases[n].reg, 4, ~before);
		assert_int_equal(hw(cases[n].bdf, cases[n].reg),
				 cases[n].passes ? ~before : before);
	}
}

/** Lists that end nowhere: no more is followed than there can be. */
static void lists_without_end(void **state)
{
	set_hw(NIC, 0xe0, 0x0092c810); /* back to the first */
	set_hw(NIC, 0x100, 0x10010001); /* and to itself */
	set_hw(MULTI, 0x100, ~0U);
	enable();
	assert_int_equal(config_read(&root_cell, NIC, 0x100, 4), 0x10010001);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		pci_test(forbidden_in_hardware),
		pci_test(lists_without_end),
		pci_test(insane),
		pci_test(other_hosts),
		pci_test(ownership),
		pci_test(not_as_configured),
		pci_test(no_memory),
		pci_test(foreign_functions),
		pci_test(odd_accesses),
		pci_test(writes_pass),
		pci_test(bars),
		pci_test(capability_edges),
		pci_test(random_writes),
		pci_test(random_writes_without_iommu),
		pci_test(mmconfig),
		pci_test(msi_remapped),
		pci_test(multiple_messages),
		pci_test(msi_direct),
		pci_test(msix_remapped),
		pci_test(msix_odd_accesses),
		pci_test(around_the_table),
		pci_test(fewer_vectors),
		pci_test(fewer_messages),
		pci_test(memory_off),
		pci_test(msix_direct),
		pci_test(taken_over),
		pci_test(given_back),
		pci_test(create_and_destroy),
		pci_test(confined_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
