// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/pci_ports.c and pci_hw.c: configuration space by ports, the cell's and the hardware's. */
#include "../unit.h"
#include <asm/x86.h>
#include <iommu.h>
#include <irq.h>
#include <pci.h>
#include <setup.h>

struct jailhouse_system *system_config;

/* --- no IOMMU ------------------------------------------------------------------------------- */

bool iommu_present(void)
{
	return false;
}

bool iommu_is_unit(u16 bdf)
{
	return false;
}

int iommu_device_prepare(u16 bdf)
{
	return 0;
}

void iommu_set_device(u16 bdf, const struct cell *cell)
{
}

void iommu_set_interrupt(u16 bdf, u32 index, const struct irq_message *msg)
{
}

/* --- ports of the machine ------------------------------------------------------------------- */

static u32 port_address;
static struct pci_port_access {
	u32 address;
	u16 port;
	u32 size, value;
} last;
static u32 port_accesses;

static void note(u16 port, u32 size, u32 value)
{
	last = (struct pci_port_access){ port_address, port, size, value };
	port_accesses++;
}

u32 fake_pio_read(u16 port, u32 size)
{
	assert_true(port >= 0xcfc && port + size <= 0xd00);
	note(port, size, 0);
	/* The function tells which of its words this is; only 00:02.0 is there. */
	return port_address >> 8 == 0x800010 ?
		       (0x10003000 | (port_address & 0xfc)) >> (8 * (port & 3)) :
		       ~0U;
}

void fake_pio_write(u16 port, u32 size, u32 value)
{
	if (port == 0xcf8) {
		assert_int_equal(size, 4);
		port_address = value;
	} else {
		assert_true(port >= 0xcfc && port + size <= 0xd00);
		note(port, size, value);
	}
}

/* --- the cell ------------------------------------------------------------------------------- */

static const struct jailhouse_pci_device device = { .type = JAILHOUSE_PCI_TYPE_DEVICE,
						    .bdf = 0x10 };
static const struct jailhouse_memory mem = MEM(0, 0, 0x10000, RWX);
static const struct cell_parts parts = {
	.name = "root", .cpus = 0xf, .mem = &mem, .num_mem = 1, .pci = &device, .num_pci = 1
};

static int setup(void **state)
{
	unit_setup(state);
	reset_pool(16);
	memset(&root_cell, 0, sizeof(root_cell));
	system_config = make_system(&parts);
	root_cell.config = &system_config->root_cell;
	root_cell.cpus[0] = 0xf;
	for (u32 cpu = 0; cpu < TEST_CPUS; cpu++)
		cpu_public(cpu)->arch =
			(struct arch_cpu_public){ .apic_id = cpu, .ldr = BIT(24 + cpu) };
	assert_int_equal(pci_cell_init(&root_cell), 0);
	port_accesses = 0;
	return 0;
}
#define port_test(function) cmocka_unit_test_setup_teardown(function, setup, unit_teardown)

static u32 in(u16 port, u32 size)
{
	struct mmio_access access = { .size = size, .value = 0x5555555555555555 };

	assert_true(pci_port_access(&root_cell, port, &access));
	return access.value;
}

static void out(u16 port, u32 size, u32 value)
{
	struct mmio_access access = { .size = size, .value = value, .is_write = true };

	assert_true(pci_port_access(&root_cell, port, &access));
}

static void by_ports(void **state)
{
	out(0xcf8, 4, 0x80001040);
	assert_int_equal(in(0xcf8, 4), 0x80001040);
	assert_int_equal(in(0xcfc, 4), 0x10003040);
	assert_int_equal(last.address, 0x80001040);
	assert_int_equal(in(0xcfc, 2), 0x3040);
	assert_int_equal(in(0xcfe, 2), 0x1000);
	for (u32 n = 0; n < 4; n++) {
		assert_int_equal(in(0xcfc + n, 1), 0x10003040 >> (8 * n) & 0xff);
		assert_int_equal(last.port, 0xcfc + n);
		assert_int_equal(last.size, 1);
	}
	/* Writes go the same way. */
	out(0xcf8, 4, 0x8000103c);
	out(0xcfc, 1, 0x0b);
	assert_int_equal(last.address, 0x8000103c);
	assert_int_equal(last.value, 0x0b);
	assert_int_equal(last.port, 0xcfc);
	/* The low bits of the address are none. */
	out(0xcf8, 4, 0x80001043);
	assert_int_equal(in(0xcfc, 4), 0x10003040);
}

static void odd_accesses(void **state)
{
	struct mmio_access access = { .size = 8 };

	out(0xcf8, 4, 0x80001004);
	assert_int_equal(in(0xcfd, 2), 0xffff);
	assert_int_equal(in(0xcfd, 4), 0xffffffff);
	assert_int_equal(in(0xcff, 2), 0xffff); /* beyond the end */
	assert_int_equal(in(0xcff, 4), 0xffffffff);
	out(0xcfd, 2, 0);
	out(0xcff, 2, 0);
	out(0xcff, 4, 0);
	/* The address register is one of 4 bytes. */
	out(0xcf8, 1, 0);
	out(0xcf8, 2, 0);
	out(0xcf9, 1, 0x0e); /* reset control */
	out(0xcf9, 4, 0);
	out(0xcfb, 1, 1);
	assert_int_equal(in(0xcf9, 1), 0xff);
	assert_int_equal(in(0xcf8, 2), 0xffff);
	assert_int_equal(in(0xcfa, 4), 0xffffffff);
	assert_int_equal(in(0xcf8, 4), 0x80001004);
	assert_int_equal(port_accesses, 0);
	assert_false(pci_port_access(&root_cell, 0xcfc, &access));
}

static void not_enabled(void **state)
{
	static const u32 addresses[] = { 0, 0x00001000, 0x81001000, 0xff001000, 0xc0001000 };

	for (u32 n = 0; n < ARRAY_SIZE(addresses); n++) {
		out(0xcf8, 4, addresses[n]);
		assert_int_equal(in(0xcf8, 4), addresses[n]);
		assert_int_equal(in(0xcfc, 4), 0xffffffff);
		out(0xcfc, 4, 0);
	}
	/* Functions that the cell has not. */
	out(0xcf8, 4, 0x80ffff00);
	assert_int_equal(in(0xcfc, 4), 0xffffffff);
	assert_int_equal(port_accesses, 0);
}

/** Each cell has an address register of its own. */
static void address_of_each_cell(void **state)
{
	struct cell *cell = scratch(sizeof(*cell));
	struct mmio_access access = { .size = 4, .value = 0x80001000, .is_write = true };

	out(0xcf8, 4, 0x80001008);
	assert_true(pci_port_access(cell, 0xcf8, &access));
	assert_int_equal(in(0xcf8, 4), 0x80001008);
	access = (struct mmio_access){ .size = 4 };
	assert_true(pci_port_access(cell, 0xcfc, &access));
	assert_int_equal(access.value, 0xffffffff);
}

static void ways_to_hardware(void **state)
{
	assert_int_equal(arch_pci_read(0x10, 0x42, 2), 0x1000);
	assert_int_equal(last.port, 0xcfe);
	assert_int_equal(arch_pci_read(0x10, 0x100, 4), 0xffffffff);
	arch_pci_write(0x10, 0x100, 4, 0);
	assert_int_equal(last.port, 0xcfe);
	assert_int_equal(arch_pci_read(0x18, 0x40, 1), 0xff);

	/* MMCONFIG as far as it goes. */
	system_config->platform_info.pci_mmconfig_base = 0x80000000;
	system_config->platform_info.pci_mmconfig_end_bus = 0;
	port_accesses = 0;
	mmio_events = 0;
	arch_pci_write(0x3, 0x104, 2, 0x1234);
	assert_int_equal(mmio_events, 1);
	assert_int_equal(mmio_log[0].address, (uintptr_t)fake_device + 0x3104);
	assert_int_equal(mmio_log[0].size, 2);
	assert_int_equal(arch_pci_read(0x3, 0x104, 4), 0x1234);
	assert_int_equal(arch_pci_read(0x3, 0x105, 1), 0x12);
	assert_int_equal(port_accesses, 0);
	arch_pci_read(0x100, 0, 4);
	assert_int_equal(port_accesses, 1);
	assert_int_equal(last.address, 0x80010000);
}

static struct pci_message routed(u64 address, u32 data)
{
	struct pci_message guest = { .valid = true, .address = address, .data = data };

	return arch_pci_route(&root_cell, 0x10, 0, &guest);
}

/** Messages that the hardware sends itself where there is no remapping. */
static void direct_messages(void **state)
{
	struct pci_message sent;

	sent = routed(0xfee03000, 0x41);
	assert_true(sent.valid && sent.address == 0xfee03000 && sent.data == 0x41);
	/* Level-triggered, to the lowest priority of logical targets: one of them is chosen. */
	sent = routed(0xfee0c00c, 0xc141);
	assert_true(sent.valid && sent.address == 0xfee02000 && sent.data == 0xc041);
	/* An ID that a message has no room for. */
	cpu_public(3)->arch.apic_id = 0x100;
	sent = routed(0xfee08004, 0x41);
	assert_false(sent.valid);
	cpu_public(3)->arch.apic_id = 3;
	assert_false(routed(0xfee04000, 0x41).valid); /* there is no such CPU */
	assert_false(routed(0xfed03000, 0x41).valid); /* somewhere in memory */
	assert_int_equal(arch_pci_max_vectors(), 2048);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		port_test(by_ports),         port_test(odd_accesses),
		port_test(not_enabled),      port_test(address_of_each_cell),
		port_test(ways_to_hardware), port_test(direct_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
