// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/iommu*.c, amd_iommu*.c: what units are told, against a model that carries out their commands. */
#include "amd_iommu.h"
#include "../unit.h"
#include <arch.h>
#include <page_pool.h>
#include <paging.h>
#include <panic.h>
#include <setup.h>

char *strstr(const char *haystack, const char *needle);

#define BASE        0xfed80000ULL
#define SECOND_BASE 0xfed90000ULL
#define UNIT_BDF    0x08
#define NIC         0x18 /* 00:03.0 */
#define DISK        0xfa /* 00:1f.2 */
#define IOAPIC      0xa0
#define CAP         0x40
#define MSI         0x60

/* --- a configuration ------------------------------------------------------------------------ */

static struct __attribute__((packed)) {
	struct jailhouse_system system;
	u8 cpus[8];
	struct jailhouse_memory mem[2];
	struct jailhouse_irqchip chip;
	struct jailhouse_pci_device device[3];
} config;
struct jailhouse_system *system_config = &config.system;
struct jailhouse_report report_page;

static void make_config(void)
{
	memset(&config, 0, sizeof(config));
	config.system.hypervisor_memory.phys_start = hv_phys;
	config.system.hypervisor_memory.size = 0x400000;
	config.system.platform_info.iommu_units[0] = (struct jailhouse_iommu){
		.type = JAILHOUSE_IOMMU_AMD,
		.base = BASE,
		.size = 0x4000,
		.amd = { .bdf = UNIT_BDF, .base_cap = CAP, .msi_cap = MSI, .features = 0x29d3 },
	};
	config.system.root_cell.cpu_set_size = sizeof(config.cpus);
	config.system.root_cell.num_memory_regions = 2;
	config.system.root_cell.num_irqchips = 1;
	config.system.root_cell.num_pci_devices = 3;
	config.mem[0] = (struct jailhouse_memory)MEM(0, 0, 0x30000000, RWX | JAILHOUSE_MEM_DMA);
	config.mem[1] = (struct jailhouse_memory)MEM(0xfeb00000, 0xfeb00000, 0x100000, RW);
	config.chip = (struct jailhouse_irqchip){ .address = 0xfec00000, .id = IOAPIC };
	config.device[0] =
		(struct jailhouse_pci_device){ .type = JAILHOUSE_PCI_TYPE_DEVICE, .bdf = NIC };
	config.device[1] =
		(struct jailhouse_pci_device){ .type = JAILHOUSE_PCI_TYPE_DEVICE, .bdf = DISK };
	config.device[2] = (struct jailhouse_pci_device){ .type = JAILHOUSE_PCI_TYPE_IVSHMEM,
							  .iommu = 7,
							  .bdf = 0x7000 };
}

/* --- the machine: units and their PCI function ---------------------------------------------- */

#define UNITS        2
#define MAX_COMMANDS 4096

static u8 registers[UNITS][REGS_SIZE] __attribute__((aligned(PAGE_SIZE)));
static u8 pci_space[UNITS][256]; /* of functions UNIT_BDF and the next */
static struct amd_command commands[MAX_COMMANDS]; /* that unit 0 carried out, without waits */
static u32 num_commands, rounds;
static u64 dte0_then[MAX_COMMANDS]; /* of NIC, when that command was carried out */
static bool deaf;
static u64 now;
static jmp_buf panicked;

static u64 *reg(u32 unit, u32 offset)
{
	return (u64 *)(registers[unit] + offset);
}

static void *at_phys(u64 phys)
{
	return phys_to_hv(phys);
}

static const struct amd_dte *dte(u16 bdf)
{
	return (const struct amd_dte *)at_phys(*reg(0, REG_DEVICE_TABLE) & PAGE_MASK) + bdf;
}

static void carry_out(u32 unit, const struct amd_command *command)
{
	if (FIELD(COMMAND_CODE, command->word[0]) == COMPLETION_WAIT) {
		*(u64 *)at_phys(command->word[0] & WAIT_ADDRESS) = command->word[1];
		rounds++;
		return;
	}
	if (unit == 0) {
		assert_true(num_commands < MAX_COMMANDS);
		dte0_then[num_commands] = dte(NIC)->word[0];
		commands[num_commands++] = *command;
	}
}

static void run_units(void)
{
	u64 enabled = CONTROL_IOMMU | CONTROL_COMMANDS;

	now += 100;
	for (u32 n = 0; n < UNITS && !deaf; n++) {
		u64 base = *reg(n, REG_COMMAND_BASE), *head = reg(n, REG_COMMAND_HEAD);

		if ((*reg(n, REG_CONTROL) & enabled) != enabled)
			continue;
		assert_int_equal(FIELD(RING_LENGTH, base), 8);
		for (; *head != *reg(n, REG_COMMAND_TAIL); *head = (*head + 16) % PAGE_SIZE)
			carry_out(n, at_phys((base & MASK64(51, 12)) + *head));
	}
}

void *map_device(u64 phys, u64 size)
{
	assert_int_equal(size, REGS_SIZE);
	return registers[phys != BASE];
}

void unmap_device(void *virt, u64 size)
{
	fail();
}

u32 arch_pci_read(u16 bdf, u32 offset, u32 size)
{
	u32 value = 0;

	assert_true(bdf - UNIT_BDF < UNITS && offset + size <= 256);
	memcpy(&value, pci_space[bdf - UNIT_BDF] + offset, size);
	return value;
}

void arch_pci_write(u16 bdf, u32 offset, u32 size, u32 value)
{
	assert_true(bdf - UNIT_BDF < UNITS && offset + size <= 256);
	memcpy(pci_space[bdf - UNIT_BDF] + offset, &value, size);
}

u64 arch_time(void)
{
	return now;
}

u64 arch_time_per_ms(void)
{
	return 1000;
}

void panic(const char *fmt, ...)
{
	longjmp(panicked, 1);
}

static void set32(u32 offset, u32 value)
{
	arch_pci_write(UNIT_BDF, offset, 4, value);
}

static int setup(void **state)
{
	make_config();
	be_cpu(0);
	memset(root_cell.cpus, 0, sizeof(root_cell.cpus));
	bit_set(root_cell.cpus, 1);
	bit_set(root_cell.cpus, 2);
	cpu_public(1)->arch.apic_id = 0x11;
	cpu_public(2)->arch.apic_id = 0x12;
	reset_pool(64);
	memset(registers, 0, sizeof(registers));
	memset(pci_space, 0, sizeof(pci_space));
	memset(&report_page, 0, sizeof(report_page));
	for (u32 n = 0; n < UNITS; n++)
		*reg(n, REG_FEATURES) = 0x29d3;
	/* As QEMU has it */
	set32(CAP, 0x1f03000f);
	set32(CAP + 4, BASE);
	set32(MSI, 0x00805c05);
	memcpy(pci_space[1], pci_space[0], 256);
	arch_pci_write(UNIT_BDF + 1, CAP + 4, 4, SECOND_BASE);
	mmio_events = 0;
	hardware.on_relax = run_units;
	num_commands = rounds = 0;
	deaf = false;
	now += 1000000000;
	return unit_setup(state);
}

static int teardown(void **state)
{
	iommu_release();
	return unit_teardown(state);
}

#define iommu_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

static void turn_on(void)
{
	assert_accepted(iommu_check_system(system_config));
	assert_accepted(iommu_init());
	iommu_activate();
}

static struct cell make_cell(u16 tag)
{
	return (struct cell){ .memory = { .root = (pte_t *)(HV_BASE + tag * PAGE_SIZE),
					  .tag = tag } };
}

/* --- what is in memory ---------------------------------------------------------------------- */

static void entries_are_as_specified(void **state)
{
	assert_int_equal(amd_dte_translation(0x12345000, true), 0x6000000012345803);
	assert_int_equal(amd_dte_translation(0x12345000, false), 0x0000000012345803);
	assert_int_equal(amd_dte_interrupts(0x7fd01000), 0x200000007fd01013);
	assert_int_equal(amd_dte_interrupts(0), 1);
}

static u32 irte(u8 vector, u32 destination)
{
	struct irq_message msg = { .valid = true, .vector = vector, .destination = destination };

	return amd_irte(&msg);
}

static void interrupts_are_remapped_or_blocked(void **state)
{
	struct irq_message none = { .vector = 0x31 };

	assert_int_equal(irte(0x31, 3), 0x00310301);
	assert_int_equal(irte(0xfe, 0xff), 0x00feff01);
	assert_int_equal(irte(16, 0), 0x00100001);
	assert_int_equal(amd_irte(&none), 0);
	assert_int_equal(irte(0x31, 0x100), 0);
}

static void assert_command(struct amd_command command, u64 first, u64 second)
{
	assert_int_equal(command.word[0], first);
	assert_int_equal(command.word[1], second);
}

static void commands_are_as_specified(void **state)
{
	assert_command(amd_wait(0x7fc01238, 5), 0x100000007fc01239, 5);
	assert_command(amd_invalidate(INVALIDATE_DEVICE, 0x1234), 0x2000000000001234, 0);
	assert_command(amd_invalidate_pages(7), 0x3000000700000000, 0x7ffffffffffff003);
	assert_command(amd_invalidate(INVALIDATE_INTERRUPTS, 0xa0), 0x50000000000000a0, 0);
}

static void assert_event(u64 first, u64 address, bool has_device, u16 kind)
{
	struct amd_event event = { { first, address } };
	struct iommu_fault fault = amd_event_decode(&event);

	assert_int_equal(fault.has_device, has_device);
	assert_int_equal(fault.kind, kind);
	assert_int_equal(fault.address, address);
	assert_int_equal(fault.bdf, first & 0xffff);
}

static void events_are_understood(void **state)
{
	assert_event(0x2000000100000018, 0x1234000, true, JAILHOUSE_DMA_FAULT_READ);
	assert_event(0x2020000100000018, 0x1234000, true, JAILHOUSE_DMA_FAULT_WRITE);
	assert_event(0x20280001000000fa, 0xfee01000, true, JAILHOUSE_DMA_FAULT_INTERRUPT);
	assert_event(0x2028000000000018, 0xfeefffff, true, JAILHOUSE_DMA_FAULT_INTERRUPT);
	assert_event(0x2028000000000018, 0xfdf8000000, true, JAILHOUSE_DMA_FAULT_INTERRUPT);
	/* QEMU sets the interrupt bit always */
	assert_event(0x200a000000000018, 0, true, JAILHOUSE_DMA_FAULT_READ);
	assert_event(0x2008000000000018, 0xfef00000, true, JAILHOUSE_DMA_FAULT_READ);
	for (u64 code = 1; code < 16; code++)
		if (code != 2)
			assert_event(code << 60 | 0x18, 0x5000, code != 5 && code != 6 && code < 10,
				     JAILHOUSE_DMA_FAULT_OTHER);
}

/* --- refusals ------------------------------------------------------------------------------- */

#define UNIT(n) config.system.platform_info.iommu_units[n]

static void sane_configurations_pass(void **state)
{
	assert_accepted(iommu_check_system(system_config));
	UNIT(3) = UNIT(0);
	UNIT(3).base += 0x4000;
	config.device[1].iommu = 3;
	assert_accepted(iommu_check_system(system_config));
	assert_int_equal(iommu_last_requester(system_config), DISK);
	config.chip.id = 0x1f0f8;
	assert_int_equal(iommu_last_requester(system_config), 0xf0f8);
}

/** One field changed makes this refusal. */
#define assert_bad(field, value, words)                                            \
	do {                                                                       \
		make_config();                                                     \
		(field) = (value);                                                 \
		assert_refused(iommu_check_system(system_config), -EINVAL, words); \
	} while (0)

static void others_do_not(void **state)
{
	assert_bad(UNIT(0).type, 9, "unit 0: no driver for type 9");
	assert_bad(UNIT(2).type, JAILHOUSE_IOMMU_INTEL, "unit 2: no driver for type 2");
	assert_bad(UNIT(0).base, 0, "unit 0: no 0x4000 bytes of registers can be at 0x0");
	assert_bad(UNIT(0).base, BASE + 0x10, "registers can be at");
	assert_bad(UNIT(0).base, 0xfffffffffffff000, "registers can be at");
	assert_bad(UNIT(0).size, 0x3fff, "0x3fff bytes of registers");
	assert_bad(config.mem[1].phys_start, BASE + 0x3fff, "memory region 1");
	assert_bad(config.mem[0].size, BASE + 1, "memory region 0");
	assert_bad(config.device[1].iommu, 1, "00:1f.2: there is no IOMMU unit 1");
	assert_bad(config.device[1].iommu, 8, "there is no IOMMU unit 8");
	make_config();
	UNIT(1) = UNIT(0);
	UNIT(1).base += 0x3000;
	assert_refused(iommu_check_system(system_config), -EINVAL, "units 0 and 1 overlap");
}

static void without_units_nothing_may_be_open_to_dma(void **state)
{
	UNIT(0).type = 0;
	assert_refused(iommu_check_system(system_config), -EINVAL,
		       "no IOMMU is configured, but memory region 0 is open to DMA");
	config.mem[0].flags = RWX;
	assert_accepted(iommu_check_system(system_config));
	assert_accepted(iommu_init());
	assert_non_null(strstr(printed.text, "WARNING: no IOMMU: DMA is not contained"));
	assert_false(iommu_present());
	iommu_activate();
	iommu_flush_cell(&root_cell);
	iommu_poll_events(true);
	iommu_release();
	assert_int_equal(mmio_events, 0);
}

#define assert_init_fails(error, words)                     \
	do {                                                \
		assert_refused(iommu_init(), error, words); \
		reset_pool(64);                             \
	} while (0)

static void a_unit_that_is_not_as_configured_is_refused(void **state)
{
	UNIT(0).amd.base_cap = 0xf4;
	assert_init_fails(-ENODEV, "no such capability at 0xf4");
	UNIT(0).amd.base_cap = CAP + 2;
	assert_init_fails(-ENODEV, "no such capability at 0x42");
	UNIT(0).amd.base_cap = CAP;
	set32(CAP, 0x1f030010);
	assert_init_fails(-ENODEV, "no such capability at 0x40 of 00:01.0");
	set32(CAP, 0x1f02000f);
	assert_init_fails(-ENODEV, "no such capability");
	set32(CAP, 0x1f03000f);
	set32(CAP + 4, 0);
	assert_init_fails(-ENODEV, "is at 0x0, the configuration says 0xfed80000");
	set32(CAP + 4, BASE | 1);
	set32(CAP + 8, 1);
	assert_init_fails(-ENODEV, "is at 0x1fed80000");
	set32(CAP + 8, 0);
	UNIT(0).amd.msi_cap = 0xf4;
	assert_init_fails(-ENODEV, "no MSI capability of 64 bits at 0xf4 of 00:01.0");
	UNIT(0).amd.msi_cap = CAP;
	assert_init_fails(-ENODEV, "no MSI capability of 64 bits at 0x40");
	UNIT(0).amd.msi_cap = MSI;
	set32(MSI, 0x00005c05); /* with addresses of 32 bits */
	assert_init_fails(-ENODEV, "no MSI capability of 64 bits at 0x60");
	set32(MSI, 0x00805c05);
	*reg(0, REG_FEATURES) = 0x29d2;
	assert_init_fails(-ENODEV, "features 0x29d2, the configuration says 0x29d3");
	*reg(0, REG_FEATURES) = 0x29d3;
	*reg(0, REG_CONTROL) = CONTROL_IOMMU;
	assert_init_fails(-EBUSY, "amd_iommu=off");
	*reg(0, REG_CONTROL) = 0;
	for (u32 pages = 0; pages < 5; pages++) {
		reset_pool(pages);
		assert_init_fails(-ENOMEM, "no memory");
	}
	reset_pool(5);
	assert_accepted(iommu_init());
	for (u32 n = 0; n < mmio_events && n < MMIO_LOG_SIZE; n++)
		assert_false(mmio_log[n].is_write);
}

/* --- units at work -------------------------------------------------------------------------- */

static void everything_is_blocked_at_first(void **state)
{
	turn_on();
	assert_int_equal(*reg(0, REG_DEVICE_TABLE) & 0x1ff, 1); /* one bus: two pages */
	assert_int_equal(*reg(0, REG_EVENT_BASE) >> 56, 8);
	assert_int_equal(*reg(0, REG_CONTROL), 0x140d);
	for (u32 bdf = 0; bdf < 256; bdf++) {
		const u64 *empty = at_phys(dte(bdf)->word[0] & DTE0_ROOT);

		assert_int_equal(dte(bdf)->word[0] & ~DTE0_ROOT, 0x803);
		for (u32 n = 0; n < 512; n++)
			assert_int_equal(empty[n], 0);
		assert_int_equal(dte(bdf)->word[1], 0);
		assert_int_equal(dte(bdf)->word[2], 1);
		assert_int_equal(dte(bdf)->word[3], 0);
	}
	/* and whatever the unit knew before is forgotten */
	assert_int_equal(num_commands, 3 * 256);
	for (u32 bdf = 0; bdf < 256; bdf++) {
		assert_command(commands[3 * bdf], 0x2000000000000000 + bdf, 0);
		assert_command(commands[3 * bdf + 1], 0x5000000000000000 + bdf, 0);
		assert_command(commands[3 * bdf + 2], 0x3000000000000000, 0x7ffffffffffff003);
	}
}

static void a_device_changes_hands_by_being_blocked(void **state)
{
	struct cell root = make_cell(1), cell = make_cell(2);
	u64 roots_entry, cells_entry, blocked;

	assert_accepted(iommu_init());
	iommu_set_device(NIC, &root);
	assert_int_equal(num_commands, 0); /* not on yet */
	iommu_activate();
	roots_entry = amd_dte_translation(hv_to_phys(root.memory.root), true);
	cells_entry = amd_dte_translation(hv_to_phys(cell.memory.root), true);
	blocked = dte(DISK)->word[0];
	assert_int_equal(dte(NIC)->word[0], roots_entry);
	assert_int_equal(dte(NIC)->word[1], 1);

	num_commands = 0;
	iommu_set_device(NIC, &cell);
	assert_int_equal(num_commands, 6);
	assert_command(commands[0], 0x2000000000000018, 0);
	assert_command(commands[2], 0x3000000100000000, 0x7ffffffffffff003);
	assert_int_equal(dte0_then[0], blocked);
	assert_int_equal(dte0_then[2], blocked);
	assert_command(commands[3], 0x2000000000000018, 0);
	assert_command(commands[5], 0x3000000200000000, 0x7ffffffffffff003);
	assert_int_equal(dte0_then[3], cells_entry);
	assert_int_equal(dte(NIC)->word[1], 2);

	num_commands = 0;
	iommu_set_device(NIC, NULL);
	assert_int_equal(num_commands, 3);
	assert_command(commands[2], 0x3000000200000000, 0x7ffffffffffff003);
	assert_int_equal(dte(NIC)->word[0], blocked);
}

static void flushing_reaches_all_units_however_often(void **state)
{
	struct cell cell = make_cell(5);

	UNIT(1) = UNIT(0);
	UNIT(1).base = SECOND_BASE;
	UNIT(1).amd.bdf = UNIT_BDF + 1;
	turn_on();
	rounds = num_commands = 0;
	for (u32 n = 0; n < 1000; n++)
		iommu_flush_cell(&cell);
	assert_int_equal(rounds, 2000);
	assert_int_equal(num_commands, 1000);
	assert_command(commands[999], 0x3000000500000000, 0x7ffffffffffff003);
}

static void interrupts_go_through_a_table_of_the_requester(void **state)
{
	struct irq_message msg = { .valid = true, .vector = 0x41, .destination = 2 };
	u32 used, *table;

	turn_on();
	used = mem_pool.used;
	num_commands = 0;
	iommu_set_interrupt(NIC, 0, &msg); /* it has no table */
	assert_int_equal(num_commands, 0);
	assert_int_equal(iommu_device_prepare(NIC), 0);
	assert_int_equal(iommu_device_prepare(NIC), 0);
	assert_int_equal(mem_pool.used, used + 1);
	assert_int_equal(dte(NIC)->word[2] & ~MASK64(51, 6), 0x2000000000000013);
	assert_int_equal(num_commands, 3);
	table = at_phys(dte(NIC)->word[2] & MASK64(51, 6));
	for (u32 n = 0; n < IOMMU_MAX_INTERRUPTS; n++)
		assert_int_equal(table[n], 0);

	num_commands = 0;
	iommu_set_interrupt(NIC, 511, &msg);
	iommu_set_interrupt(NIC, 511, &msg);
	assert_int_equal(table[511], 0x00410201);
	assert_int_equal(num_commands, 1);
	assert_command(commands[0], 0x5000000000000018, 0);
	msg.valid = false;
	iommu_set_interrupt(NIC, 511, &msg);
	assert_int_equal(table[511], 0);

	mem_pool.used = mem_pool.pages;
	assert_int_equal(iommu_device_prepare(DISK), -ENOMEM);
	assert_int_equal(dte(DISK)->word[2], 1);
	mem_pool.used = used;
}

static void a_unit_that_does_not_answer_is_the_end(void **state)
{
	struct cell cell = make_cell(1);

	turn_on();
	deaf = true;
	if (!setjmp(panicked)) {
		iommu_flush_cell(&cell);
		fail();
	}
}

/* --- events --------------------------------------------------------------------------------- */

static u32 event_tail;

static void log_events(u32 count, u64 first, u64 address)
{
	struct amd_event *log = at_phys(*reg(0, REG_EVENT_BASE) & MASK64(51, 12));

	for (; count; count--) {
		assert_int_equal(log[event_tail].word[0], 0);
		log[event_tail] = (struct amd_event){ { first, address } };
		event_tail = (event_tail + 1) % 256;
	}
	*reg(0, REG_EVENT_TAIL) = event_tail * 16;
	*reg(0, REG_STATUS) = STATUS_EVENT_INT;
}

/* Ones that are written to the status register stay in this model. */
static void clear_status(void)
{
	*reg(0, REG_STATUS) = 0;
}

static void start_events(void)
{
	event_tail = 0;
	turn_on();
	clear_status();
	now += 5001 * arch_time_per_ms();
}

static void faults_reach_console_and_report(void **state)
{
	const struct jailhouse_dma_faults *faults = &report_page.dma_faults;

	start_events();
	iommu_poll_events(true);
	assert_int_equal(faults->count, 0);
	log_events(1, 0x2020000100000018, 0x1234560);
	iommu_poll_events(true);
	assert_string_equal(printed.text, "IOMMU: device 00:03.0: blocked write at 0x1234560\n");
	assert_int_equal(faults->count, 1);
	assert_int_equal(faults->sequence, 2);
	assert_int_equal(faults->device, NIC);
	assert_int_equal(faults->address, 0x1234560);
	assert_int_equal(faults->kind, JAILHOUSE_DMA_FAULT_WRITE);
	assert_int_equal(*reg(0, REG_EVENT_HEAD), 16);
	assert_int_equal(*reg(0, REG_STATUS), STATUS_EVENT_INT); /* written back, to clear it */

	log_events(1, 0x5000000000000000, 0x7000);
	iommu_poll_events(true);
	assert_string_equal(printed.text, "IOMMU: unit 0: error at 0x7000\n");
	assert_int_equal(faults->count, 1);
}

static void the_ring_goes_round_and_too_many_events_are_counted_only(void **state)
{
	start_events();
	for (u32 n = 0; n < 5; n++) {
		printed.lines = 0;
		now += 2000000;
		log_events(200, 0x2000000000000018, n);
		iommu_poll_events(true);
		assert_int_equal(report_page.dma_faults.count, 200 * (n + 1));
		assert_int_equal(printed.lines, n ? 17 : 16);
	}
}

static void a_log_that_ran_over_is_restarted(void **state)
{
	start_events();
	log_events(255, 0x2000000000000018, 0);
	*reg(0, REG_STATUS) |= STATUS_EVENT_OVERFLOW;
	mmio_events = 0;
	iommu_poll_events(true);
	assert_int_equal(report_page.dma_faults.count, 255);
	assert_int_equal(*reg(0, REG_STATUS), STATUS_EVENT_OVERFLOW);
	assert_string_equal(printed.text, "IOMMU: unit 0: events were lost\n");
	assert_int_equal(*reg(0, REG_CONTROL) & CONTROL_EVENT_LOG, CONTROL_EVENT_LOG);
}

static void use_second_unit(void)
{
	UNIT(1) = UNIT(0);
	UNIT(1).base = SECOND_BASE;
	UNIT(1).amd.bdf = UNIT_BDF + 1;
}

#define assert_msi(unit, control, address)                                                        \
	do {                                                                                      \
		assert_int_equal(arch_pci_read(UNIT_BDF + (unit), MSI, 4), control);              \
		assert_int_equal(arch_pci_read(UNIT_BDF + (unit), MSI + 4, 4), address);          \
		assert_int_equal(arch_pci_read(UNIT_BDF + (unit), MSI + 8, 4), 0);                \
		assert_int_equal(arch_pci_read(UNIT_BDF + (unit), MSI + 12, 4), 0x400); /* NMI */ \
	} while (0)

static void events_are_nmis_of_the_root_cells_first_cpu(void **state)
{
	use_second_unit();
	set32(MSI + 8, 0x77);
	turn_on();
	assert_msi(0, 0x00815c05, 0xfee11000);
	assert_msi(1, 0x00815c05, 0xfee11000);
	bit_clear(root_cell.cpus, 1);
	iommu_root_cpus_changed();
	assert_msi(0, 0x00815c05, 0xfee12000);
	assert_msi(1, 0x00815c05, 0xfee12000);
	/* What a message cannot name. */
	cpu_public(2)->arch.apic_id = 0xff;
	iommu_root_cpus_changed();
	assert_msi(0, 0x00805c05, 0xfee12000);
	assert_false(*reg(0, REG_CONTROL) & CONTROL_EVENT_INT);
	bit_set(root_cell.cpus, 1);
	iommu_root_cpus_changed();
	assert_msi(0, 0x00815c05, 0xfee11000);
}

static bool may_interrupt(void)
{
	return *reg(0, REG_CONTROL) & CONTROL_EVENT_INT;
}

/** CPU 1 is the one that units interrupt. */
static bool nmi_on(u32 cpu)
{
	be_cpu(cpu);
	return iommu_handle_nmi();
}

static void one_nmi_between_two_looks(void **state)
{
	start_events();
	assert_true(may_interrupt());
	/* Not a unit's. */
	assert_false(nmi_on(1));
	assert_true(may_interrupt());
	log_events(1, 0x2000000000000018, 0x5000);
	assert_true(nmi_on(1));
	assert_string_equal(printed.text, "IOMMU: device 00:03.0: blocked read at 0x5000\n");
	assert_false(may_interrupt());
	assert_int_equal(*reg(0, REG_CONTROL), 0x1405);
	clear_status();
	assert_false(nmi_on(1));
	/* These have sent none: whatever comes, is Linux's. */
	log_events(3, 0x2000000000000018, 0x6000);
	assert_false(nmi_on(1));
	assert_int_equal(report_page.dma_faults.count, 4);
	clear_status();
	iommu_poll_events(true);
	assert_true(may_interrupt());
	assert_false(nmi_on(1));
}

/** Of events that somebody else has reported meanwhile: as many as were sent, on any CPU, but not for ever. */
static void nmis_that_come_late(void **state)
{
	start_events();
	log_events(1, 0x2000000000000018, 0x5000);
	iommu_poll_events(true);
	clear_status();
	assert_true(may_interrupt());
	assert_true(nmi_on(1));
	assert_false(nmi_on(1));
	/* The CPU that it is for is another one now. */
	log_events(1, 0x2000000000000018, 0x5000);
	bit_set(root_cell.cpus, 0);
	iommu_root_cpus_changed();
	clear_status();
	assert_int_equal(report_page.dma_faults.count, 2);
	assert_true(nmi_on(1));
	assert_false(nmi_on(1));
	log_events(1, 0x2000000000000018, 0x5000);
	iommu_poll_events(true);
	clear_status();
	now += 5001 * arch_time_per_ms();
	assert_false(nmi_on(0));
}

/** Another CPU's is not a unit's, even if a unit has just sent one. */
static void nmis_of_other_cpus(void **state)
{
	start_events();
	log_events(1, 0x2000000000000018, 0x5000);
	assert_false(nmi_on(2));
	assert_int_equal(report_page.dma_faults.count, 0);
	assert_true(nmi_on(1));
	assert_int_equal(report_page.dma_faults.count, 1);
}

static void several_units_send_several(void **state)
{
	use_second_unit();
	start_events();
	*reg(1, REG_STATUS) = STATUS_EVENT_INT;
	log_events(1, 0x2000000000000018, 0x5000);
	assert_true(nmi_on(1));
	clear_status();
	*reg(1, REG_STATUS) = 0;
	assert_true(nmi_on(1));
	assert_false(nmi_on(1));
}

static void leaving_there_is_no_other(void **state)
{
	start_events();
	iommu_poll_events(false);
	assert_false(may_interrupt());
	iommu_poll_events(true);
	assert_true(may_interrupt());
}

static void without_msi_capability_there_are_no_nmis(void **state)
{
	u8 pci_before[sizeof(pci_space)];

	UNIT(0).amd.msi_cap = 0;
	memcpy(pci_before, pci_space, sizeof(pci_before));
	start_events();
	iommu_root_cpus_changed();
	iommu_poll_events(true);
	assert_false(may_interrupt());
	assert_memory_equal(pci_before, pci_space, sizeof(pci_before));
	log_events(1, 0x2000000000000018, 0x5000);
	assert_false(nmi_on(1));
	assert_int_equal(report_page.dma_faults.count, 1);
	iommu_release();
	assert_memory_equal(pci_before, pci_space, sizeof(pci_before));
}

static void nothing_of_ours_is_left(void **state)
{
	static const u8 empty[2 * PAGE_SIZE];
	u64 before[REGS_SIZE / 8], table;
	u8 pci_before[sizeof(pci_space)];

	*reg(0, REG_DEVICE_TABLE) = 0x1000;
	*reg(0, REG_COMMAND_BASE) = 0x0800000000002000;
	*reg(0, REG_EVENT_BASE) = 0x0800000000003000;
	*reg(0, REG_EXCLUSION_BASE) = 0x4001;
	*reg(0, REG_EXCLUSION_LIMIT) = 0x5000;
	*reg(0, REG_CONTROL) = CONTROL_ISOC | CONTROL_COMMANDS;
	set32(MSI + 4, 0xfee00000);
	set32(MSI + 8, 0x12);
	set32(MSI + 12, 0x31);
	memcpy(before, registers[0], sizeof(before));
	memcpy(pci_before, pci_space, sizeof(pci_before));

	start_events();
	assert_int_equal(*reg(0, REG_EXCLUSION_BASE), 0);
	assert_int_equal(*reg(0, REG_CONTROL), 0x1c0d);
	log_events(1, 0x2000000000000018, 0);
	iommu_release();
	assert_int_equal(report_page.dma_faults.count, 1);
	/* Linux's old table may be gone: there is an empty one instead. */
	table = *reg(0, REG_DEVICE_TABLE);
	assert_int_equal(table & ~PAGE_MASK, 1); /* pages but one */
	assert_memory_equal(at_phys(table & PAGE_MASK), empty, sizeof(empty));
	before[REG_DEVICE_TABLE / 8] = table;
	assert_memory_equal(before, registers[0], 0x40);
	assert_memory_equal(pci_before, pci_space, sizeof(pci_before));
}

static void before_activation_nothing_is_changed(void **state)
{
	u8 pci_before[sizeof(pci_space)];

	memcpy(pci_before, pci_space, sizeof(pci_before));
	assert_accepted(iommu_init());
	mmio_events = 0;
	assert_int_equal(iommu_device_prepare(NIC), 0);
	iommu_set_device(NIC, &root_cell);
	assert_int_equal(mmio_events, 0);
	assert_memory_equal(pci_before, pci_space, sizeof(pci_before));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		iommu_test(entries_are_as_specified),
		iommu_test(interrupts_are_remapped_or_blocked),
		iommu_test(commands_are_as_specified),
		iommu_test(events_are_understood),
		iommu_test(sane_configurations_pass),
		iommu_test(others_do_not),
		iommu_test(without_units_nothing_may_be_open_to_dma),
		iommu_test(a_unit_that_is_not_as_configured_is_refused),
		iommu_test(everything_is_blocked_at_first),
		iommu_test(a_device_changes_hands_by_being_blocked),
		iommu_test(flushing_reaches_all_units_however_often),
		iommu_test(interrupts_go_through_a_table_of_the_requester),
		iommu_test(faults_reach_console_and_report),
		iommu_test(the_ring_goes_round_and_too_many_events_are_counted_only),
		iommu_test(a_log_that_ran_over_is_restarted),
		iommu_test(events_are_nmis_of_the_root_cells_first_cpu),
		iommu_test(one_nmi_between_two_looks),
		iommu_test(nmis_that_come_late),
		iommu_test(nmis_of_other_cpus),
		iommu_test(several_units_send_several),
		iommu_test(leaving_there_is_no_other),
		iommu_test(without_msi_capability_there_are_no_nmis),
		iommu_test(nothing_of_ours_is_left),
		iommu_test(before_activation_nothing_is_changed),
		/* The last, as it does not return from where it holds a lock. */
		iommu_test(a_unit_that_does_not_answer_is_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
