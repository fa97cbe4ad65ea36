// SPDX-License-Identifier: GPL-2.0-only
/* arch/arm-common/gicv3.c: list registers, and the redistributors that a cell sees. */
#include "unit.h"
#include <arch.h>
#include <asm/gicv3_regs.h>
#include <gic.h>
#include <mmio.h>
#include <setup.h>

#define LRS   4
#define EMPTY ((1U << LRS) - 1)

#define GICR       0x80a0000
#define FRAME_SIZE 0x20000
#define SGI_FRAME  0x10000

u32 fake_gic_version = 3;
struct jailhouse_system *system_config;
const struct gic_ops gicv2_ops;

/* --- hardware ------------------------------------------------------------------------------- */

static u64 sysregs[FAKE_SYSREGS];
static u8 redistributors[2 * FRAME_SIZE] __attribute__((aligned(8)));

u64 fake_read_sysreg(enum fake_sysreg reg)
{
	return sysregs[reg];
}

void fake_write_sysreg(enum fake_sysreg reg, u64 value)
{
	sysregs[reg] = value;
}

/** Until then the CPU may show which list registers were empty before. */
void fake_isb(void)
{
	sysregs[ICH_ELRSR_EL2] = 0;
	for (u32 n = 0; n < LRS; n++)
		if (!(sysregs[ICH_LR0_EL2 + n] >> 62))
			sysregs[ICH_ELRSR_EL2] |= 1U << n;
}

void *map_device(u64 phys, u64 size)
{
	assert_true(phys >= GICR && phys + size <= GICR + sizeof(redistributors));
	return redistributors + (phys - GICR);
}

void unmap_device(const void *virt, u64 size)
{
}

void arch_describe_machine(struct machine *machine)
{
}

pte_t arch_cell_attributes(u64 flags)
{
	return 0;
}

/* --- the machine ---------------------------------------------------------------------------- */

static struct cell *cell;

/** Root cell with CPU 0, a cell with CPU 1, which calls, and with all SPIs. */
static void set_up(void)
{
	static const u64 typers[] = { 0, 1ULL << 32 | 1 << 4 };
	struct cell_parts root = { .name = "root", .cpus = 1 };
	struct cell_parts parts = { .name = "cell", .id = 1, .cpus = 2 };

	set_root_cell(&root);
	cell = add_cell(&parts);
	system_config = make_system(&root);
	system_config->platform_info.arm.gicd_base = 0x8000000;
	system_config->platform_info.arm.gicr_base = GICR;
	memset(fake_memory, 0, TEST_CPUS * sizeof(struct per_cpu));
	memset(redistributors, 0x77, sizeof(redistributors));
	for (u32 cpu = 0; cpu < 2; cpu++) {
		cpu_public(cpu)->arch.mpidr = cpu;
		cpu_public(cpu)->cell = cpu ? cell : &root_cell;
		memcpy(redistributors + cpu * FRAME_SIZE + 8, &typers[cpu], 8);
	}
	be_cpu(1);
	memset(sysregs, 0, sizeof(sysregs));
	sysregs[ICH_VTR_EL2] = LRS - 1;
	fake_isb();
	gic = &gicv3_ops;
	assert_accepted(gicv3_ops.init());
	reset_pool(8);
	assert_int_equal(pt_init(&cell->memory, 1, 1, 1), 0);
	assert_int_equal(gicv3_ops.cell_init(cell), 0);
	memset(cell->arch.gic.irqs, 0xff, sizeof(cell->arch.gic.irqs));
	cell->arch.gic.irqs[0] = 0xfdff0000;
	mmio_events = 0;
}

static void list_registers_are_synchronized(void **state)
{
	struct virq virq = { .intid = 40, .hardware = true }, held;
	bool active;

	set_up();
	assert_int_equal(gicv3_ops.empty_lrs(), EMPTY);
	gicv3_ops.write_lr(1, &virq, false);
	assert_int_equal(gicv3_ops.empty_lrs(), EMPTY & ~2U);
	assert_true(gicv3_ops.read_lr(1, &held, &active));
	assert_int_equal(held.intid, 40);
	assert_true(held.hardware);
	assert_false(active);
	gicv3_ops.clear_lr(1);
	assert_int_equal(gicv3_ops.empty_lrs(), EMPTY);
}

/** Carry out an access to CPU 1's SGI frame; what was read. */
static u64 access_frame(u32 offset, bool is_write, u64 value)
{
	struct mmio_access access = { .address = GICR + FRAME_SIZE + SGI_FRAME + offset,
				      .value = value,
				      .size = 4,
				      .is_write = is_write };

	assert_int_equal(mmio_dispatch(cell, &access), MMIO_DONE);
	return access.value;
}

/** Beyond the private interrupts' fields are those of GICv3.1's extended PPIs, not of the cell's SPIs. */
static void no_extended_ppis(void **state)
{
	static const u32 extended[] = { 0x084, 0x104, 0x184, 0x204, 0x284, 0x304,
					0x384, 0x420, 0x45c, 0xc08, 0xc14 };

	set_up();
	for (u32 n = 0; n < ARRAY_SIZE(extended); n++) {
		access_frame(extended[n], true, 0xffffffff);
		assert_int_equal(access_frame(extended[n], false, 0xdead), 0);
	}
	assert_int_equal(mmio_events, 0);
	/* Its PPIs' are there. */
	access_frame(0x100, true, 1 << 27);
	assert_int_equal(mmio_events, 1);
	access_frame(0x41c, true, 0x40302010);
	assert_int_equal(access_frame(0x41c, false, 0), 0x40302010);
}

static void extended_interrupts_are_disabled(void **state)
{
	static const struct {
		u32 intid;
		const u8 *at;
		u32 bit;
	} cases[] = {
		{ 1056, redistributors + FRAME_SIZE + SGI_FRAME + 0x184, 0 },
		{ 1119, redistributors + FRAME_SIZE + SGI_FRAME + 0x188, 31 },
		{ 4096, fake_device + 0x1400, 0 },
		{ 5119, fake_device + 0x147c, 31 },
	};

	set_up();
	gicd = fake_device;
	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		gicv3_ops.disable_extended(cases[n].intid);
		assert_int_equal(mmio_events, n + 1);
		assert_int_equal(mmio_log[n].address, (uintptr_t)cases[n].at);
		assert_int_equal(mmio_log[n].value, 1U << cases[n].bit);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(list_registers_are_synchronized),
		rule_test(no_extended_ppis),
		rule_test(extended_interrupts_are_disabled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
