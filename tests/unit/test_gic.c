// SPDX-License-Identifier: GPL-2.0-only
/* arch/arm-common/gic.c: registers as a cell may use them, interrupts on their way to the guest. */
#include "gic_model.h"
#include "unit.h"
#include <arch.h>
#include <gic.h>
#include <setup.h>

u32 fake_gic_version = 3;
struct jailhouse_system *system_config;

/* --- a GIC with four list registers --------------------------------------------------------- */

#define LRS 4

static struct {
	bool used, active, again, tells_end, ended;
	struct virq virq;
} lrs[LRS];

static u32 incoming[600], num_incoming, next_incoming; /* what acknowledge() gives */
static u32 dropped, deactivated[600], num_deactivated;
static u32 disabled[8], num_disabled, pending[8], num_pending;
static u32 sent_events[TEST_CPUS];
static bool underflow;
static u32 reset_word, reset_mask, num_resets, events_at_reset[8];
static const struct cpu_public *reset_target;

static u32 fake_acknowledge(void)
{
	return next_incoming < num_incoming ? incoming[next_incoming++] : 1023;
}

static void fake_drop(u32 iar)
{
	dropped++;
}

static void fake_deactivate(u32 iar)
{
	deactivated[num_deactivated++] = iar;
}

static void fake_send_event(const struct cpu_public *target)
{
	sent_events[target->id]++;
}

static void fake_set_pending(u32 intid, u32 source)
{
	assert_true(num_pending < ARRAY_SIZE(pending));
	pending[num_pending++] = intid;
}

static void fake_disable_extended(u32 intid)
{
	assert_true(num_disabled < ARRAY_SIZE(disabled));
	disabled[num_disabled++] = intid;
}

static u8 fake_priority(u32 intid)
{
	return intid & 0xf8;
}

static void fake_reset_spis(u32 word, u32 mask, const struct cpu_public *target)
{
	reset_word = word;
	reset_mask = mask;
	reset_target = target;
	assert_true(num_resets < ARRAY_SIZE(events_at_reset));
	events_at_reset[num_resets++] = mmio_events;
}

static void fake_reset_ppis(u32 mask)
{
}

static u32 fake_empty_lrs(void)
{
	u32 empty = 0;

	for (u32 n = 0; n < LRS; n++)
		empty |= lrs[n].used ? 0 : BIT(n);
	return empty;
}

static void fake_write_lr(u32 n, const struct virq *virq, bool again)
{
	assert_true(n < LRS);
	lrs[n].virq = *virq;
	lrs[n].used = true;
	lrs[n].again = again;
	/* What the architecture demands of software: no interrupt is in two list registers. */
	for (u32 other = 0; other < LRS; other++)
		assert_false(other != n && lrs[other].used && lrs[other].virq.intid == virq->intid);
}

static bool fake_read_lr(u32 n, struct virq *virq, bool *active)
{
	*virq = lrs[n].virq;
	*active = lrs[n].active;
	return lrs[n].used && !lrs[n].ended;
}

static void fake_clear_lr(u32 n)
{
	memset(&lrs[n], 0, sizeof(lrs[n]));
}

static void fake_tell_end(u32 n)
{
	assert_true(lrs[n].used);
	lrs[n].tells_end = true;
}

static void fake_clear_ended(void)
{
	for (u32 n = 0; n < LRS; n++)
		if (lrs[n].ended)
			fake_clear_lr(n);
}

/** The guest is done with what list register n holds; true: a maintenance interrupt comes of it. */
static bool guest_ends(u32 n)
{
	assert_true(lrs[n].used && !lrs[n].ended);
	lrs[n].active = false;
	lrs[n].used = lrs[n].again || lrs[n].tells_end;
	lrs[n].ended = !lrs[n].again && lrs[n].tells_end;
	lrs[n].again = false;
	return lrs[n].ended;
}

static void fake_set_underflow(bool on)
{
	underflow = on;
}

static void fake_reset_interface(void)
{
}

/* Versions of clang-format disagree about macros that are lists. */
/* clang-format off */
#define FAKE_OPS                                                                               \
	{                                                                                      \
		.gicd_size = SZ_64K, .acknowledge = fake_acknowledge, .drop = fake_drop,       \
		.deactivate = fake_deactivate, .send_event = fake_send_event,                  \
		.priority = fake_priority, .reset_spis = fake_reset_spis,                      \
		.reset_ppis = fake_reset_ppis, .empty_lrs = fake_empty_lrs,                    \
		.disable_extended = fake_disable_extended, .set_pending = fake_set_pending,    \
		.write_lr = fake_write_lr, .read_lr = fake_read_lr, .clear_lr = fake_clear_lr, \
		.tell_end = fake_tell_end, .clear_ended = fake_clear_ended,                    \
		.set_underflow = fake_set_underflow, .reset_interface = fake_reset_interface   \
	}
/* clang-format on */

const struct gic_ops gicv2_ops = FAKE_OPS, gicv3_ops = FAKE_OPS;

void *map_device(u64 phys, u64 size)
{
	return fake_device;
}

void arch_describe_machine(struct machine *machine)
{
	machine->phys_bits = machine->guest_bits = 40;
}

/* --- cells ---------------------------------------------------------------------------------- */

#define GICD 0x8000000

static struct cell *cell;

/** Root cell with CPUs 0 and 1, a cell with CPUs 2, which is the calling one, and 3. */
static void set_up(u32 version)
{
	struct cell_parts root = { .name = "root", .cpus = 3 };
	struct cell_parts parts = { .name = "cell", .id = 1, .cpus = 12 };

	set_root_cell(&root);
	cell = add_cell(&parts);
	system_config = make_system(&root);
	system_config->platform_info.arm.gic_version = version;
	system_config->platform_info.arm.maintenance_irq = 25;
	system_config->platform_info.arm.gicd_base = GICD;
	system_config->platform_info.arm.gicc_base = 0x8010000;
	system_config->platform_info.arm.gich_base = 0x8030000;
	system_config->platform_info.arm.gicv_base = 0x8040000;
	system_config->platform_info.arm.gicr_base = 0x80a0000;
	fake_gic_version = version;

	memset(fake_memory, 0, TEST_CPUS * sizeof(struct per_cpu));
	for (u32 cpu = 0; cpu < TEST_CPUS; cpu++) {
		cpu_public(cpu)->id = cpu;
		cpu_public(cpu)->arch.mpidr = cpu == 3 ? 0x100000003 : cpu;
		cpu_public(cpu)->arch.gic.interface = cpu;
		cpu_public(cpu)->cell = cpu < 2 ? &root_cell : cell;
	}
	be_cpu(2);

	memset(lrs, 0, sizeof(lrs));
	memset(sent_events, 0, sizeof(sent_events));
	num_incoming = next_incoming = dropped = num_deactivated = num_resets = num_disabled =
		num_pending = 0;
	underflow = false;
	memset(fake_device, 0, sizeof(fake_device));
	mmio_events = 0;
	gic = version == 2 ? &gicv2_ops : &gicv3_ops;
	gic_num_lrs = LRS;
	gic_maintenance_irq = 25;
	gicd = fake_device;
}

static enum mmio_result access_at(u32 offset, u32 size, bool is_write, u64 *value)
{
	struct mmio_access access = {
		.address = offset, .value = *value, .size = size, .is_write = is_write
	};
	enum mmio_result result = gicd_handle(&access);

	*value = access.value;
	return result;
}

static u64 read_at(u32 offset, u32 size)
{
	u64 value = 0xdeadbeefdeadbeef;

	assert_int_equal(access_at(offset, size, false, &value), MMIO_DONE);
	return value;
}

static void write_at(u32 offset, u32 size, u64 value)
{
	assert_int_equal(access_at(offset, size, true, &value), MMIO_DONE);
}

/* --- registers ------------------------------------------------------------------------------ */

static u32 random_offset(void)
{
	return random_below(4) ? random_below(0x1000) : random_below(0x10000);
}

static u64 memory_at(u32 offset, u32 size)
{
	u64 value = 0;

	memcpy(&value, fake_device + offset, size);
	return value;
}

static void fill_device(void)
{
	for (u32 n = 0; n < FAKE_DEVICE_SIZE; n += 8)
		memcpy(fake_device + n, &(u64){ next_random() }, 8);
	mmio_events = 0;
}

/** What of an access is SGIs' priorities: these are never in the device. */
static bool is_sgi_priority(u32 offset)
{
	return offset >= 0x400 && offset < 0x410;
}

static void random_writes(u32 version)
{
	static u8 before[FAKE_DEVICE_SIZE];

	set_up(version);
	fill_device();
	for (u32 round = 0; round < 100000; round++) {
		u32 size = 1 << random_below(4), offset = random_offset() & ~(size - 1);
		u32 *irqs = cell->arch.gic.irqs;
		enum gic_register_kind kind;
		u64 value = next_random(), old, mask;

		irqs[0] = 0xfdff0000;
		irqs[1 + random_below(31)] = next_random();
		kind = model_kind(offset, size, irqs);
		mask = model_mask(offset, size, irqs);
		if (kind == GIC_REG_ROUTE || kind == GIC_REG_SGI)
			continue;
		memcpy(before, fake_device + (offset & ~0xfffU), 0x1000);
		old = memory_at(offset, size);
		mmio_events = 0;
		write_at(offset, size, value);
		/* Nothing around it has changed. */
		memcpy(before + (offset & 0xfff), fake_device + offset, size);
		assert_memory_equal(before, fake_device + (offset & ~0xfffU), 0x1000);
		if (kind == GIC_REG_ONES) {
			/* Zeroes do nothing in such a register. */
			assert_int_equal(mmio_events, (value & mask) != 0);
			if (mmio_events)
				assert_int_equal(mmio_log[0].value & ~mask, 0);
			memcpy(fake_device + offset, &old, size);
		} else if (kind == GIC_REG_VALUE && !is_sgi_priority(offset)) {
			assert_int_equal(memory_at(offset, size),
					 (old & ~mask) |
						 (value & mask & (~0ULL >> (64 - 8 * size))));
		} else if (kind == GIC_REG_TARGETS) {
			/* CPU interfaces 2 and 3 are the cell's. */
			assert_int_equal(memory_at(offset, size),
					 (old & ~mask) | (value & mask & 0x0c0c0c0c));
		} else {
			assert_int_equal(mmio_events, 0);
		}
	}
}

static void others_bits_never_change(void **state)
{
	random_writes(2);
	random_writes(3);
}

static void reads_of_others_are_zero(void **state)
{
	set_up(3);
	fill_device();
	for (u32 round = 0; round < 100000; round++) {
		u32 size = 1 << random_below(4), offset = random_offset() & ~(size - 1);
		u32 *irqs = cell->arch.gic.irqs;
		enum gic_register_kind kind;
		u64 expected = 0, value;

		irqs[0] = 0xfdff0000;
		irqs[1 + random_below(31)] = next_random();
		kind = model_kind(offset, size, irqs);
		if (is_sgi_priority(offset) && kind == GIC_REG_VALUE)
			continue;
		value = read_at(offset, size);
		if (kind == GIC_REG_READ_ONLY || kind == GIC_REG_ROUTE)
			expected = memory_at(offset, size);
		else if (kind == GIC_REG_ONES || kind == GIC_REG_VALUE || kind == GIC_REG_TARGETS)
			expected = memory_at(offset, size) & model_mask(offset, size, irqs);
		if (size == 4 && (offset == 0x100 || offset == 0x180))
			expected |= 0xffff; /* SGIs are always enabled */
		if (value != expected)
			fail_msg("%u bytes at 0x%x: 0x%llx, expected 0x%llx", size, offset, value,
				 expected);
	}
}

static void bad_accesses(void **state)
{
	static const struct {
		u32 offset, size;
	} cases[] = { { 0x101, 4 },  { 0x102, 4 },  { 0x401, 2 },
		      { 0x6104, 8 }, { 0x6101, 4 }, { 0xffff, 2 } };
	u64 value = ~0ULL;

	set_up(3);
	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		assert_int_equal(access_at(cases[n].offset, cases[n].size, true, &value),
				 MMIO_REFUSED);
		assert_int_equal(access_at(cases[n].offset, cases[n].size, false, &value),
				 MMIO_REFUSED);
	}
	assert_int_equal(mmio_events, 0);
}

static void priorities_of_sgis(void **state)
{
	struct mmio_access access = {
		.address = 0x404, .value = 0x11223344, .size = 4, .is_write = true
	};
	struct gic_rule rule;

	set_up(2);
	memset(fake_device, 0x77, sizeof(fake_device));
	write_at(0x400, 4, 0x40302010);
	write_at(0x40f, 1, 0xf0);
	assert_int_equal(read_at(0x400, 4), 0x40302010);
	assert_int_equal(read_at(0x403, 1), 0x40);
	assert_int_equal(read_at(0x40c, 4), 0xf0000000);
	assert_int_equal(cpu_public(2)->arch.gic.sgi_priority[1], 0x20);
	for (u32 cpu = 0; cpu < TEST_CPUS; cpu++)
		assert_int_equal(cpu_public(cpu)->arch.gic.sgi_priority[15], cpu == 2 ? 0xf0 : 0);
	assert_int_equal(mmio_events, 0);
	/* Another CPU's, as in its redistributor. */
	rule = gicr_rule_of(0x404, 4, cell->arch.gic.irqs);
	assert_int_equal(gic_access_bank(gicd, &access, &rule, cpu_public(3)), MMIO_DONE);
	assert_int_equal(cpu_public(3)->arch.gic.sgi_priority[7], 0x11);
	assert_int_equal(cpu_public(2)->arch.gic.sgi_priority[7], 0);
	/* The first PPI's is in the device. */
	cell->arch.gic.irqs[0] = BIT(16);
	write_at(0x410, 4, 0);
	assert_int_equal(memory_at(0x410, 4), 0x77777700);
}

static void routes(void **state)
{
	u64 route;

	set_up(3);
	cell->arch.gic.irqs[1] = BIT(8); /* INTID 40 */
	memcpy(fake_device + 0x6140, &(u64){ 2 }, 8);
	write_at(0x6140, 8, 0x100000003);
	assert_int_equal(memory_at(0x6140, 8), 0x100000003);
	/* Foreign CPUs, nobody's, any CPU. */
	write_at(0x6140, 8, 0);
	write_at(0x6140, 8, 1);
	write_at(0x6140, 8, 0x1234);
	write_at(0x6140, 8, 0x80000002);
	write_at(0x6140, 8, 3);
	assert_int_equal(memory_at(0x6140, 8), 0x100000003);
	/* By halves: what comes together must be the cell's. */
	write_at(0x6144, 4, 0);
	assert_int_equal(memory_at(0x6140, 8), 0x100000003);
	write_at(0x6140, 4, 2);
	assert_int_equal(memory_at(0x6140, 8), 0x100000003);
	write_at(0x6140, 8, 2);
	write_at(0x6140, 4, 1);
	assert_int_equal(memory_at(0x6140, 8), 2);
	write_at(0x6144, 4, 0);
	assert_int_equal(memory_at(0x6140, 8), 2);
	assert_int_equal(read_at(0x6140, 8), 2);
	assert_int_equal(read_at(0x6144, 4), 0);
	/* Another's interrupt. */
	memcpy(fake_device + 0x6148, &(u64){ 1 }, 8);
	write_at(0x6148, 8, 2);
	route = memory_at(0x6148, 8);
	assert_int_equal(route, 1);
	assert_int_equal(read_at(0x6148, 8), 0);
}

static void sgi_register(void **state)
{
	static const struct {
		u32 value;
		u32 cpus; /* to which it goes */
	} cases[] = {
		{ 0xff0005, 0xc }, /* list: all, but only the cell's */
		{ 0x080005, 0x8 },  { 0x030005, 0 }, /* foreign */
		{ 0x1000005, 0x8 }, /* all others */
		{ 0x1ff0005, 0x8 }, { 0x2000005, 0x4 }, /* itself */
		{ 0x3ff0005, 0 }, /* reserved */
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		set_up(2);
		write_at(0xf00, 4, cases[n].value);
		for (u32 cpu = 0; cpu < TEST_CPUS; cpu++) {
			bool is_target = cases[n].cpus & BIT(cpu);

			/* Its own comes into a list register at once. */
			assert_int_equal(cpu_public(cpu)->arch.gic.pending_sgis,
					 is_target && cpu != 2 ? BIT(5) : 0);
			assert_int_equal(sent_events[cpu], is_target && cpu != 2);
		}
		assert_int_equal(lrs[0].used, (cases[n].cpus & 4) != 0);
		if (lrs[0].used) {
			assert_int_equal(lrs[0].virq.intid, 5);
			assert_int_equal(lrs[0].virq.source, 2);
			assert_false(lrs[0].virq.hardware);
		}
		assert_int_equal(mmio_events, 0);
	}
	/* GICv3 with affinity routing has no such register. */
	set_up(3);
	write_at(0xf00, 4, 0xff0005);
	assert_int_equal(sent_events[3], 0);
	assert_int_equal(mmio_events, 0);
}

/* --- ownership of interrupts ---------------------------------------------------------------- */

static int check_irqchip(u64 address, u32 pin_base, u32 pins0, u32 pins3)
{
	struct jailhouse_irqchip chip = { .address = address,
					  .pin_base = pin_base,
					  .pin_bitmap = { pins0, 0, 0, pins3 } };
	struct cell_parts parts = {
		.name = "new", .id = 2, .cpus = 2, .irqchips = &chip, .num_irqchips = 1
	};

	return gic_cell_check(make_desc(&parts));
}

static void interrupts_of_a_configuration(void **state)
{
	set_up(3);
	root_cell.arch.gic.irqs[1] = 0xf;
	root_cell.arch.gic.irqs[31] = 1;
	assert_accepted(check_irqchip(GICD, 32, 0xf, 0));
	assert_accepted(check_irqchip(GICD, 896, 0, 1));
	assert_accepted(check_irqchip(GICD, 32, 0, 0));
	assert_refused(check_irqchip(GICD, 32, 0x1f, 0), -EBUSY,
		       "interrupt 36 is not the root cell's");
	assert_refused(check_irqchip(GICD, 896, 0, 2), -EBUSY, "interrupt 993");
	assert_refused(check_irqchip(GICD, 0, 1, 0), -EINVAL, "pin base 0");
	assert_refused(check_irqchip(GICD, 33, 1, 0), -EINVAL, "pin base 33");
	assert_refused(check_irqchip(GICD, 928, 1, 0), -EINVAL, "pin base 928");
	assert_refused(check_irqchip(GICD, 0xffffffe0, 1, 0), -EINVAL, "pin base");
	assert_refused(check_irqchip(GICD + 0x1000, 32, 1, 0), -EINVAL, "not at the distributor");
}

static void memory_over_the_controller(void **state)
{
	static const struct {
		u32 version;
		struct jailhouse_memory mem;
		const char *refused;
	} cases[] = {
		{ 3, MEM(0x8000000, 0x1000, 0x1000, RW), "(GICD)" },
		{ 3, MEM(0x1000, 0x800f000, 0x1000, RW), "(GICD)" },
		{ 3, MEM(0x8010000, 0x8010000, 0x1000, RW), NULL },
		{ 3, MEM(0x80a0000, 0x80a0000, 0x1000, RW), "(GICR)" },
		{ 3, MEM(0x8000000, 0x70000000, 0x1000, RW | JAILHOUSE_MEM_COMM_REGION), NULL },
		{ 2, MEM(0x8000000, 0x1000, 0x1000, RW), "(GICD)" },
		{ 2, MEM(0x8011000, 0x1000, 0x1000, RW), "(GICC)" },
		{ 2, MEM(0x8030000, 0x1000, 0x1000, RW), "(GICH)" },
		{ 2, MEM(0x8041000, 0x1000, 0x1000, RW), "(GICV)" },
		{ 2, MEM(0x80a0000, 0x80a0000, 0x1000, RW), NULL },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct cell_parts parts = {
			.name = "new", .id = 2, .cpus = 2, .mem = &cases[n].mem, .num_mem = 1
		};

		set_up(cases[n].version);
		assert_refused(gic_cell_check(make_desc(&parts)), cases[n].refused ? -EINVAL : 0,
			       cases[n].refused);
	}
}

static void systems(void **state)
{
	set_up(3);
	assert_accepted(gic_check_system(system_config));
	fake_gic_version = 2;
	assert_refused(gic_check_system(system_config), -ENODEV,
		       "says GICv3, the machine has GICv2");
	system_config->platform_info.arm.gic_version = 0;
	assert_refused(gic_check_system(system_config), -EINVAL, "GIC version 0");
	set_up(2);
	assert_accepted(gic_check_system(system_config));
	system_config->platform_info.arm.maintenance_irq = 15;
	assert_refused(gic_check_system(system_config), -EINVAL, "maintenance interrupt 15");
	system_config->platform_info.arm.maintenance_irq = 32;
	assert_refused(gic_check_system(system_config), -EINVAL, "maintenance interrupt 32");
	set_up(3);
	system_config->platform_info.arm.gicd_base = 0x8000800;
	assert_refused(gic_check_system(system_config), -EINVAL, "(GICD) cannot be at 0x8000800");
	set_up(3);
	system_config->platform_info.arm.gicr_base = 0xffffff0000;
	assert_refused(gic_check_system(system_config), -EINVAL, "(GICR) cannot be");
}

static void interrupts_move(void **state)
{
	static const struct jailhouse_irqchip chips[] = {
		{ .address = GICD, .pin_base = 32, .pin_bitmap = { 0x30, 0, 0x1, 0 } },
		{ .address = GICD,
		  .pin_base = 64,
		  .pin_bitmap = { 0, 0x2, 0, 0 } }, /* overlaps it: the same word 3 */
	};
	struct cell_parts parts = {
		.name = "new", .id = 2, .cpus = 12, .irqchips = chips, .num_irqchips = 2
	};

	set_up(3);
	cell = add_cell(&parts);
	root_cell.arch.gic.irqs[1] = 0xff;
	root_cell.arch.gic.irqs[3] = 0xff;
	arch_cell_take_irqs(cell);
	assert_int_equal(root_cell.arch.gic.irqs[1], 0xcf);
	assert_int_equal(root_cell.arch.gic.irqs[3], 0xfc);
	assert_int_equal(cell->arch.gic.irqs[1], 0x30);
	assert_int_equal(cell->arch.gic.irqs[3], 0x3);
	assert_int_equal(num_resets, 2);
	assert_int_equal(reset_word, 3);
	assert_int_equal(reset_mask, 3);
	assert_ptr_equal(reset_target, cpu_public(2));
	arch_cell_return_irqs(cell);
	assert_int_equal(root_cell.arch.gic.irqs[1], 0xff);
	assert_int_equal(root_cell.arch.gic.irqs[3], 0xff);
	assert_int_equal(cell->arch.gic.irqs[1] | cell->arch.gic.irqs[3], 0);
	assert_int_equal(num_resets, 4);
	assert_ptr_equal(reset_target, cpu_public(0));
}

/** Pins 36 (priority 0xa0), 37 (0xb0, edges), 96 and 97 (0x90). The others in their words stay Linux's. */
static void lend(struct cell *to)
{
	root_cell.arch.gic.irqs[1] = 0xff;
	root_cell.arch.gic.irqs[3] = 0xff;
	memset(fake_device + 0x400, 0x90, 0x400);
	fake_device[0x424] = 0xa0;
	fake_device[0x425] = 0xb0;
	memcpy(fake_device + 0xc08, &(u32){ 0x80080800 }, 4);
	arch_cell_take_irqs(to);
}

static void expect_as_lent(u32 resets)
{
	assert_int_equal(num_resets, resets);
	assert_int_equal(memory_at(0x420, 8), 0x9090b0a090909090);
	assert_int_equal(memory_at(0xc08, 4), 0x80080800);
	assert_int_equal(fake_device[0x461], 0x90);
	/* Each is off before its trigger changes, and what the change may leave pending is cleared. */
	for (u32 n = 0; n < mmio_events; n++)
		if (mmio_log[n].is_write && mmio_log[n].address == (uintptr_t)gicd + 0xc08)
			assert_true(n >= events_at_reset[resets - 2]);
	assert_int_equal(memory_at(0x284, 4), 0x30);
	assert_int_equal(memory_at(0x28c, 4), 0x3);
}

/** Linux does not set priorities again: it finds them, and the triggers, as they were. So does who starts in the cell. */
static void pins_are_as_lent(void **state)
{
	static const struct jailhouse_irqchip chip = { .address = GICD,
						       .pin_base = 32,
						       .pin_bitmap = { 0x30, 0, 0x3, 0 } };
	struct cell_parts parts = {
		.name = "new", .id = 2, .cpus = 12, .irqchips = &chip, .num_irqchips = 1
	};

	set_up(3);
	cell = add_cell(&parts);
	cpu_public(2)->cell = cell;
	lend(cell);
	expect_as_lent(2);
	for (u32 round = 0; round < 2; round++) {
		write_at(0x424, 4, 0xffffffff);
		write_at(0x461, 1, 0xff);
		write_at(0xc08, 4, 0x200);
		assert_int_equal(memory_at(0x420, 8), 0x9090ffff90909090);
		assert_int_equal(memory_at(0xc08, 4), 0x80080200);
		mmio_events = 0;
		if (round)
			arch_cell_return_irqs(cell);
		else
			arch_cell_reset_irqs(cell);
		expect_as_lent(4 + 2 * round);
	}
	/* Next time it may lend them otherwise. */
	fake_device[0x424] = 0x50;
	memcpy(fake_device + 0xc08, &(u32){ 0x200 }, 4);
	arch_cell_take_irqs(cell);
	assert_int_equal(fake_device[0x424], 0x50);
	assert_int_equal(memory_at(0xc08, 4), 0x200);
}

/* --- interrupts for the guest --------------------------------------------------------------- */

static void arrive(u32 intid)
{
	incoming[num_incoming++] = intid;
}

static void own_interrupt(void **state)
{
	set_up(3);
	cell->arch.gic.irqs[1] = 1;
	arrive(32);
	gic_handle_irqs();
	assert_true(lrs[0].used && lrs[0].virq.hardware);
	assert_int_equal(lrs[0].virq.intid, 32);
	assert_int_equal(lrs[0].virq.priority, 32 & 0xf8);
	assert_int_equal(dropped, 1);
	assert_int_equal(num_deactivated, 0); /* by the guest, through the list register */
	assert_true(gic_virq_waits());
	assert_int_equal(cpu_public(2)->stats[JAILHOUSE_CPU_STAT_VMEXITS_VIRT_IRQ], 1);
}

static void foreign_interrupts(void **state)
{
	set_up(3);
	arrive(40); /* nobody's */
	arrive(8200); /* an LPI: only the root cell has some */
	gic_handle_irqs();
	assert_int_equal(fake_empty_lrs(), 0xf);
	assert_int_equal(deactivated[0], 40);
	/* It does not come here again. */
	assert_int_equal(num_resets, 1);
	assert_int_equal(reset_word, 1);
	assert_int_equal(reset_mask, BIT(8));
	assert_ptr_equal(reset_target, cpu_public(0));
	assert_false(gic_virq_waits());
}

/** Linux may have enabled some that the core does not know. Only 1020 to 1023 say that there is none. */
static void unknown_interrupts(void **state)
{
	static const u32 unknown[] = { 1024, 1056, 1119, 1120, 4096, 5119, 5120, 8191 };
	static const u32 extended[] = { 1056, 1119, 4096, 5119 };

	set_up(3);
	for (u32 n = 0; n < ARRAY_SIZE(unknown); n++)
		arrive(unknown[n]);
	arrive(1020);
	gic_handle_irqs();
	assert_int_equal(dropped, ARRAY_SIZE(unknown));
	assert_int_equal(num_deactivated, ARRAY_SIZE(unknown));
	assert_memory_equal(deactivated, unknown, sizeof(unknown));
	assert_int_equal(fake_empty_lrs(), 0xf);
	/* A device that holds its own does not bring it here for ever. */
	assert_int_equal(num_disabled, ARRAY_SIZE(extended));
	assert_memory_equal(disabled, extended, sizeof(extended));
	/* Nor does it keep a CPU without a guest from waiting. */
	arrive(4097);
	gic_discard_irq();
	assert_int_equal(deactivated[num_deactivated - 1], 4097);
	assert_int_equal(disabled[num_disabled - 1], 4097);
	arrive(1021);
	gic_discard_irq();
	assert_int_equal(dropped, num_deactivated);
	assert_int_equal(deactivated[num_deactivated - 1], 4097);
}

/** More than there are list registers: all come, in their order. */
static void queue(void **state)
{
	u32 seen = 0;

	set_up(3);
	for (u32 word = 1; word < 4; word++)
		cell->arch.gic.irqs[word] = ~0U;
	for (u32 intid = 32; intid < 128; intid++)
		arrive(intid);
	gic_handle_irqs();
	assert_true(underflow);
	assert_int_equal(fake_empty_lrs(), 0);
	while (fake_empty_lrs() != 0xf) {
		for (u32 n = 0; n < LRS; n++)
			if (lrs[n].used) {
				assert_int_equal(lrs[n].virq.intid, 32 + seen++);
				lrs[n].used = false;
			}
		arrive(25); /* maintenance */
		gic_handle_irqs();
	}
	assert_int_equal(seen, 96);
	assert_false(underflow);
	assert_int_equal(this_cpu()->arch.gic.queue_head, this_cpu()->arch.gic.queue_tail);
}

/** The guest's fault: the core must survive it, and others' interrupts are not its concern. */
static void queue_overflow(void **state)
{
	set_up(3);
	for (u32 word = 1; word < 32; word++)
		cell->arch.gic.irqs[word] = ~0U;
	for (u32 intid = 32; intid < 32 + 500; intid++)
		arrive(intid);
	gic_handle_irqs();
	assert_int_equal(this_cpu()->arch.gic.queue_tail - this_cpu()->arch.gic.queue_head,
			 VIRQ_QUEUE_SIZE);
	assert_int_equal(dropped, 500);
	gic_cpu_reset();
	assert_int_equal(fake_empty_lrs(), 0xf);
	assert_int_equal(this_cpu()->arch.gic.queue_tail, this_cpu()->arch.gic.queue_head);
	/* All that were kept are ended; they could never come again otherwise. */
	assert_int_equal(num_deactivated, LRS + VIRQ_QUEUE_SIZE);
}

/** INTIDs 32 to 39 are of one cell, raised by edges from 34 on. List registers: 32 to 34 and an SGI; the rest waits. */
static void fill_with_spis(void)
{
	set_up(3);
	cell->arch.gic.irqs[1] = 0xff;
	cell->arch.gic.irqs[0] = 0xffff0000;
	memcpy(fake_device + 0xc08, &(u32){ 0xaaaaaaa0 }, 4);
	gic_guest_sgi(2, 3);
	for (u32 intid = 32; intid < 39; intid++)
		arrive(intid);
	arrive(27);
	gic_handle_irqs();
	assert_int_equal(fake_empty_lrs(), 0);
	assert_int_equal(num_deactivated, 0);
}

/** Those that the guest has not seen are still to come, on whichever CPU they are routed to. */
static void cpu_off_hands_spis_on(void **state)
{
	static const u32 expected[] = { 34, 36, 37, 38 };

	fill_with_spis();
	cell->arch.gic.irqs[1] &= ~BIT(3); /* 35 became another's */
	gic_cpu_hand_on();
	assert_int_equal(num_pending, ARRAY_SIZE(expected));
	assert_memory_equal(pending, expected, sizeof(expected));
	assert_int_equal(num_deactivated, 8);
	assert_int_equal(fake_empty_lrs(), 0xf);
	assert_int_equal(this_cpu()->arch.gic.queue_tail, this_cpu()->arch.gic.queue_head);
	/* What the guest was handling does not come again. */
	fill_with_spis();
	assert_int_equal(lrs[3].virq.intid, 34);
	lrs[3].active = true;
	gic_cpu_hand_on();
	assert_int_equal(num_pending, 4);
	assert_int_equal(pending[0], 35);
	assert_int_equal(num_deactivated, 8);
}

/** Who stops a CPU from outside has reset the cell's interrupts already. */
static void stopped_cpu_forgets(void **state)
{
	fill_with_spis();
	gic_cpu_reset();
	assert_int_equal(num_pending, 0);
	assert_int_equal(num_deactivated, 8);
}

static void sgi_between_cpus(void **state)
{
	set_up(2);
	cpu_public(3)->arch.gic.sgi_priority[7] = 0x50;
	gic_guest_sgi(3, 7);
	gic_guest_sgi(3, 7);
	assert_int_equal(sent_events[3], 2);
	be_cpu(3);
	arrive(GIC_SGI_EVENT);
	gic_handle_irqs();
	assert_true(lrs[0].used);
	assert_false(lrs[1].used);
	assert_int_equal(lrs[0].virq.intid, 7);
	assert_int_equal(lrs[0].virq.source, 2);
	assert_int_equal(lrs[0].virq.priority, 0x50);
	assert_false(lrs[0].virq.hardware);
	assert_int_equal(cpu_public(3)->arch.gic.pending_sgis, 0);
	assert_int_equal(cpu_public(3)->stats[JAILHOUSE_CPU_STAT_VMEXITS_VIRT_SGI], 1);

	/* Again while the guest handles it: pending once more. */
	lrs[0].active = true;
	be_cpu(2);
	gic_guest_sgi(3, 7);
	be_cpu(3);
	arrive(GIC_SGI_EVENT);
	gic_handle_irqs();
	assert_true(lrs[0].again);
	assert_false(lrs[0].tells_end);
}

/** The virtual interface of QEMU's GICv2 looks for INTIDs only: two of the same at once, and one would stay for ever. */
static void sgi_of_two_cpus(void **state)
{
	set_up(2);
	gic_guest_sgi(3, 7);
	be_cpu(3);
	arrive(GIC_SGI_EVENT);
	gic_handle_irqs();
	gic_guest_sgi(3, 7);
	gic_guest_sgi(3, 7);
	assert_false(lrs[1].used);
	assert_int_equal(lrs[0].virq.source, 2);
	assert_true(lrs[0].tells_end);
	assert_false(underflow); /* would be true at once, and the guest not come to anything */
	/* The first CPU's once more: it goes on telling the end. */
	lrs[0].active = true;
	be_cpu(2);
	gic_guest_sgi(3, 7);
	be_cpu(3);
	arrive(GIC_SGI_EVENT);
	gic_handle_irqs();
	assert_true(lrs[0].again);
	assert_false(guest_ends(0));
	assert_true(guest_ends(0));
	assert_true(gic_virq_waits());
	arrive(25);
	gic_handle_irqs();
	assert_true(lrs[0].used);
	assert_int_equal(lrs[0].virq.intid, 7);
	assert_int_equal(lrs[0].virq.source, 3);
	assert_false(lrs[0].tells_end);
	assert_false(lrs[1].used);
	assert_int_equal(this_cpu()->arch.gic.queue_head, this_cpu()->arch.gic.queue_tail);
	assert_false(guest_ends(0));
	assert_false(gic_virq_waits());
}

/** An interrupt that waits for another's end does not keep those behind it waiting. */
static void queue_goes_on_past_an_sgi(void **state)
{
	set_up(2);
	cell->arch.gic.irqs[1] = ~0U;
	gic_guest_sgi(3, 7);
	be_cpu(3);
	arrive(GIC_SGI_EVENT);
	gic_handle_irqs();
	gic_guest_sgi(3, 7);
	for (u32 intid = 32; intid < 36; intid++)
		arrive(intid);
	gic_handle_irqs();
	assert_true(underflow);
	for (u32 n = 1; n < LRS; n++)
		assert_false(guest_ends(n));
	arrive(25);
	gic_handle_irqs();
	assert_int_equal(lrs[1].virq.intid, 35);
	assert_false(underflow);
	assert_true(guest_ends(0));
	arrive(25);
	gic_handle_irqs();
	assert_int_equal(lrs[0].virq.source, 3);
}

static void sgis_have_no_source_on_v3(void **state)
{
	set_up(3);
	gic_guest_sgi(3, 7);
	be_cpu(3);
	gic_guest_sgi(3, 7);
	arrive(GIC_SGI_EVENT);
	gic_handle_irqs();
	assert_true(lrs[0].used);
	assert_int_equal(lrs[0].virq.source, 0);
	assert_false(lrs[1].used);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(others_bits_never_change),
		rule_test(reads_of_others_are_zero),
		rule_test(bad_accesses),
		rule_test(priorities_of_sgis),
		rule_test(routes),
		rule_test(sgi_register),
		rule_test(interrupts_of_a_configuration),
		rule_test(memory_over_the_controller),
		rule_test(systems),
		rule_test(interrupts_move),
		rule_test(pins_are_as_lent),
		rule_test(own_interrupt),
		rule_test(foreign_interrupts),
		rule_test(unknown_interrupts),
		rule_test(queue),
		rule_test(queue_overflow),
		rule_test(cpu_off_hands_spis_on),
		rule_test(stopped_cpu_forgets),
		rule_test(sgi_between_cpus),
		rule_test(sgi_of_two_cpus),
		rule_test(queue_goes_on_past_an_sgi),
		rule_test(sgis_have_no_source_on_v3),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
