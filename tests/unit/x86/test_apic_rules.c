// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/apic_rules.c, irq.c: whom commands and messages reach, and what may be written. */
#include "../unit.h"
#include <apic_rules.h>
#include <asm/apic_regs.h>
#include <irq.h>

static struct cell *cell;

/** Root cell with CPUs 0 and 1, a cell with CPUs 2 and 3; APIC IDs 0x10 to 0x13, all in that mode with flat logical IDs. */
static void set_up(bool root_x2apic)
{
	struct cell_parts root = { .name = "root", .cpus = 3 };
	struct cell_parts parts = { .name = "cell", .id = 1, .cpus = 12 };

	set_root_cell(&root);
	cell = add_cell(&parts);
	for (u32 cpu = 0; cpu < TEST_CPUS; cpu++) {
		cpu_public(cpu)->id = cpu;
		cpu_public(cpu)->cell = cpu < 2 ? &root_cell : cell;
		cpu_public(cpu)->arch = (struct arch_cpu_public){ .apic_id = 0x10 + cpu,
								  .ldr = BIT(24 + cpu),
								  .x2apic = root_x2apic };
	}
}

static u32 targets_of(const struct cell *of, u32 destination, bool logical)
{
	u32 targets[CPU_SET_WORDS];

	apic_targets(of, destination, logical, targets);
	for (u32 n = 1; n < CPU_SET_WORDS; n++)
		assert_int_equal(targets[n], 0);
	return targets[0];
}

/* --- destinations --------------------------------------------------------------------------- */

static void physical_destinations(void **state)
{
	for (u32 x2apic = 0; x2apic < 2; x2apic++) {
		set_up(x2apic);
		for (u32 id = 0; id < 0x300; id++) {
			u32 root = id == 0x10 ? 1 : id == 0x11 ? 2 : 0;

			if (id == 0xff && !x2apic)
				root = 3;
			assert_int_equal(targets_of(&root_cell, id, false), root);
			assert_int_equal(targets_of(cell, id, false), id == 0x12 ? 4 :
								      id == 0x13 ? 8 :
										   0);
		}
		assert_int_equal(targets_of(&root_cell, 0xffffffff, false), x2apic ? 3 : 0);
		assert_int_equal(targets_of(cell, 0xffffffff, false), 12);
	}
}

static void flat_destinations(void **state)
{
	set_up(false);
	for (u32 id = 0; id < 0x100; id++)
		assert_int_equal(targets_of(&root_cell, id, true), id & 3);
	assert_int_equal(targets_of(&root_cell, 0x103, true), 0);
	/* As after a reset: reached by nothing but the broadcast. */
	cpu_public(0)->arch.ldr = 0;
	assert_int_equal(targets_of(&root_cell, 0x7f, true), 2);
	assert_int_equal(targets_of(&root_cell, 0xff, true), 3);
}

static void x2apic_cluster_destinations(void **state)
{
	set_up(true);
	cpu_public(1)->arch.apic_id = 0x12345;
	cpu_public(3)->arch.apic_id = 0x2f;
	assert_int_equal(apic_logical_id(cpu_public(0)), 0x10001);
	assert_int_equal(apic_logical_id(cpu_public(1)), 0x12340020);
	assert_int_equal(targets_of(&root_cell, 0x10001, true), 1);
	assert_int_equal(targets_of(&root_cell, 0x1ffff, true), 1);
	assert_int_equal(targets_of(&root_cell, 0x1fffe, true), 0);
	assert_int_equal(targets_of(&root_cell, 0x1234ffff, true), 2);
	assert_int_equal(targets_of(&root_cell, 0xff, true), 0);
	assert_int_equal(targets_of(&root_cell, 0xffffffff, true), 3);
	/* A cell speaks x2APIC whatever its CPUs have. */
	cpu_public(2)->arch.x2apic = cpu_public(3)->arch.x2apic = false;
	cpu_public(2)->arch.ldr = cpu_public(3)->arch.ldr = 0xff000000;
	assert_int_equal(targets_of(cell, 0x10004, true), 4);
	assert_int_equal(targets_of(cell, 0x28000, true), 8);
	assert_int_equal(targets_of(cell, 0xff, true), 0);
}

/* --- commands ------------------------------------------------------------------------------- */

static u64 icr(u32 destination, u32 shorthand, u32 delivery, u32 vector)
{
	return (u64)destination << 32 | ICR_ASSERT | shorthand << 18 | delivery << 8 | vector;
}

static u32 resolve(u32 self, u64 command)
{
	u32 targets[CPU_SET_WORDS];

	memset(targets, 0xff, sizeof(targets));
	apic_resolve_icr(cpu_public(self)->cell, self, command, targets);
	for (u32 n = 1; n < CPU_SET_WORDS; n++)
		assert_int_equal(targets[n], 0);
	return targets[0];
}

static void kinds(void **state)
{
	/* SMI, remote read and ExtINT never. */
	static const bool sent[] = { true, true, false, false, true, true, true, false };

	set_up(true);
	for (u32 delivery = 0; delivery < 8; delivery++)
		for (u32 vector = 0; vector < 256; vector++) {
			bool illegal = delivery < 2 && vector < 16;

			assert_int_equal(resolve(2, icr(0x13, 0, delivery, vector)),
					 sent[delivery] && !illegal ? 8 : 0);
		}
}

static void init_deassert_is_nothing(void **state)
{
	u64 deassert = (icr(0x13, 0, DELIVERY_INIT, 0) & ~ICR_ASSERT) | ICR_LEVEL;

	set_up(true);
	assert_int_equal(resolve(2, icr(0x13, 0, DELIVERY_INIT, 0) | ICR_LEVEL), 8);
	assert_int_equal(resolve(2, deassert), 0);
	assert_int_equal(resolve(2, deassert | SHORTHAND_OTHERS << 18), 0);
}

static void shorthands(void **state)
{
	set_up(false);
	for (u32 foreign = 0x10; foreign < 0x14; foreign++) {
		assert_int_equal(resolve(2, icr(foreign, SHORTHAND_SELF, 0, 32)), 4);
		assert_int_equal(resolve(2, icr(foreign, SHORTHAND_ALL, 0, 32)), 12);
		assert_int_equal(resolve(2, icr(foreign, SHORTHAND_OTHERS, 0, 32)), 8);
	}
	assert_int_equal(resolve(0, icr(0, SHORTHAND_OTHERS, DELIVERY_NMI, 2)), 2);
	assert_int_equal(resolve(0, icr(0, SHORTHAND_OTHERS, DELIVERY_INIT, 0)), 2);
	assert_int_equal(resolve(0, icr(0, SHORTHAND_SELF, DELIVERY_NMI, 2)), 1);
	for (u32 shorthand = SHORTHAND_SELF; shorthand <= SHORTHAND_ALL; shorthand++) {
		assert_int_equal(resolve(0, icr(0, shorthand, DELIVERY_INIT, 0)), 0);
		assert_int_equal(resolve(0, icr(0, shorthand, DELIVERY_STARTUP, 8)), 0);
	}
}

static void lowest_priority_reaches_one(void **state)
{
	set_up(false);
	assert_int_equal(resolve(0, icr(3, 0, DELIVERY_FIXED, 32) | ICR_LOGICAL), 3);
	assert_int_equal(resolve(0, icr(3, 0, DELIVERY_LOWEST, 32) | ICR_LOGICAL), 1);
	assert_int_equal(resolve(2, icr(0, SHORTHAND_OTHERS, DELIVERY_LOWEST, 32)), 8);
	assert_int_equal(resolve(0, icr(12, 0, DELIVERY_LOWEST, 32) | ICR_LOGICAL), 0);
}

/** Whatever a guest writes, nothing leaves its cell. */
static void no_command_leaves_the_cell(void **state)
{
	for (u32 round = 0; round < 200000; round++) {
		u32 self = random_below(TEST_CPUS);
		u64 command = next_random();
		u32 targets;

		if (round % 1000 == 0)
			set_up(round % 2000);
		for (u32 cpu = 0; cpu < TEST_CPUS; cpu++)
			cpu_public(cpu)->arch.ldr = next_random();
		if (round % 2)
			command &= 0xffffffffff | ICR_DESTINATION << 24;
		targets = resolve(self, command);
		assert_int_equal(targets & ~cpu_public(self)->cell->cpus[0], 0);
		if (targets && FIELD(APIC_DELIVERY, command) <= DELIVERY_LOWEST)
			assert_true((command & APIC_VECTOR) >= 16);
	}
}

/* --- registers ------------------------------------------------------------------------------ */

/* The whole of x2APIC mode's table (SDM 3, 11.12.1.2), for each MSR from 0x800: r, w, b: both, R, W, B: filtered. */
static const char model[] = "..rr....b.rw.r.b"
			    "rrrrrrrrrrrrrrrr"
			    "rrrrrrrrb......L"
			    "I.LLLLLLbr....bw";

static void every_register(void **state)
{
	for (u32 n = 0; n < 0x40; n++) {
		char c = model[n];
		enum apic_access read = c == 'r' || c == 'b' || c == 'L' ? APIC_DIRECT :
					c == 'I'                         ? APIC_FILTERED :
									   APIC_DENIED;
		enum apic_access write = c == 'w' || c == 'b' ? APIC_DIRECT :
					 c == 'I' || c == 'L' ? APIC_FILTERED :
								APIC_DENIED;

		assert_int_equal(apic_register_access(n * 16, false), read);
		assert_int_equal(apic_register_access(n * 16, true), write);
		assert_int_equal(apic_is_lvt(n * 16), c == 'L');
		for (u32 between = 1; between < 16; between++)
			if (n * 16 + between < APIC_ISR || n * 16 + between > APIC_IRR_END)
				assert_int_equal(apic_register_access(n * 16 + between, false),
						 APIC_DENIED);
	}
	for (u32 reg = 0x400; reg < 0x1000; reg += 16)
		assert_int_equal(apic_register_access(reg, true), APIC_DENIED);
}

static const struct apic_lvt_owner root_owner = { .root = true, .count = 7 };
static const struct apic_lvt_owner cell_owner = { .root = false, .count = 7 };

static enum apic_lvt_result check(struct apic_lvt_owner owner, u32 reg, u32 value, u32 wanted)
{
	enum apic_lvt_result result = apic_check_lvt(owner, reg, &value);

	if (result != APIC_LVT_IGNORED)
		assert_int_equal(value, wanted);
	return result;
}

static void lvt_entries(void **state)
{
	struct apic_lvt_owner deadline = { .count = 7, .deadline = true };

	assert_int_equal(check(cell_owner, APIC_LVT_TIMER, 0x200ef, 0x200ef), APIC_LVT_OK);
	assert_int_equal(check(cell_owner, APIC_LVT_TIMER, 0x400ef, 0xef), APIC_LVT_RESERVED);
	assert_int_equal(check(deadline, APIC_LVT_TIMER, 0x400ef, 0x400ef), APIC_LVT_OK);
	assert_int_equal(check(deadline, APIC_LVT_TIMER, 0x600ef, 0xef), APIC_LVT_RESERVED);
	assert_int_equal(check(cell_owner, APIC_LVT_TIMER, 0x804ef, 0), APIC_LVT_IGNORED);
	assert_int_equal(check(root_owner, APIC_LVT_LINT0, 0x700, 0x700), APIC_LVT_OK);
	assert_int_equal(check(cell_owner, APIC_LVT_LINT0, 0x700, 0), APIC_LVT_IGNORED);
	assert_int_equal(check(root_owner, APIC_LVT_LINT1, 0x700, 0), APIC_LVT_IGNORED);
	assert_int_equal(check(root_owner, APIC_LVT_LINT1, 0x400, 0x400), APIC_LVT_OK);
	assert_int_equal(check(root_owner, APIC_LVT_LINT1, 0xffffa4ff, 0x1a4ff), APIC_LVT_RESERVED);
	/* What is read-only may be written back. */
	assert_int_equal(check(root_owner, APIC_LVT_LINT1, 0x1f4ff, 0x1a4ff), APIC_LVT_OK);
	assert_int_equal(check(root_owner, APIC_LVT_PERF, 0x400, 0x400), APIC_LVT_OK);
	assert_int_equal(check(root_owner, APIC_LVT_ERROR, 0x4fe, 0), APIC_LVT_IGNORED);
	assert_int_equal(check(root_owner, APIC_LVT_THERMAL, 0x2fa, 0), APIC_LVT_IGNORED);
	assert_int_equal(check(root_owner, APIC_LVT_THERMAL, 0x102fa, 0), APIC_LVT_IGNORED);
	assert_int_equal(check(root_owner, APIC_LVT_CMCI, 0xf9, 0xf9), APIC_LVT_OK);
	assert_int_equal(check(root_owner, 0x380, 0, 0), APIC_LVT_IGNORED);
}

static void entries_that_do_not_exist(void **state)
{
	static const u32 regs[] = { APIC_LVT_TIMER, APIC_LVT_LINT0, APIC_LVT_LINT1,
				    APIC_LVT_ERROR, APIC_LVT_PERF,  APIC_LVT_THERMAL,
				    APIC_LVT_CMCI };

	for (u32 count = 0; count <= 7; count++)
		for (u32 n = 0; n < ARRAY_SIZE(regs); n++) {
			struct apic_lvt_owner owner = { .count = count };

			assert_int_equal(apic_lvt_exists(regs[n], count), n < count);
			assert_int_equal(check(owner, regs[n], 0x10000, 0x10000),
					 n < count ? APIC_LVT_OK : APIC_LVT_IGNORED);
		}
}

/** No entry ever takes the CPU away by SMI or INIT, or faults when it is written in x2APIC mode. */
static void any_lvt_value(void **state)
{
	for (u32 round = 0; round < 500000; round++) {
		u32 reg = random_below(8) ? APIC_LVT_TIMER + 16 * random_below(6) : APIC_LVT_CMCI;
		u32 value = next_random();
		struct apic_lvt_owner owner = { .root = round % 2,
						.deadline = round % 3,
						.count = 7 };
		u32 delivery;

		if (apic_check_lvt(owner, reg, &value) == APIC_LVT_IGNORED)
			continue;
		delivery = value >> 8 & 7;
		assert_true(delivery == 0 || delivery == 4 ||
			    (delivery == 7 && reg == APIC_LVT_LINT0 && owner.root));
		if (reg == APIC_LVT_TIMER)
			assert_int_equal(value & ~(owner.deadline ? 0x700ff : 0x300ff), 0);
		else if (reg == APIC_LVT_LINT0 || reg == APIC_LVT_LINT1)
			assert_int_equal(value & ~0x1a7ff, 0);
		else
			assert_int_equal(value & ~0x107ff, 0);
	}
}

/* --- messages ------------------------------------------------------------------------------- */

static struct irq_message confined(const struct cell *of, u64 address, u32 data)
{
	struct irq_message msg = irq_from_msi(address, data);

	irq_confine(of, &msg);
	return msg;
}

static void messages(void **state)
{
	struct irq_message msg;

	set_up(false);
	msg = irq_from_msi(0xfee12004, 0xc1ab);
	assert_true(msg.valid && msg.logical && msg.level);
	assert_int_equal(msg.destination, 0x12);
	assert_int_equal(msg.delivery_mode, 1);
	assert_int_equal(msg.vector, 0xab);
	/* Lowest priority to both: to the first. */
	msg = confined(&root_cell, 0xfee03004, 0x130);
	assert_true(msg.valid && !msg.logical && !msg.level);
	assert_int_equal(msg.destination, 0x10);
	assert_int_equal(msg.delivery_mode, 0);
	assert_int_equal(confined(&root_cell, 0xfee0f004, 0x30).destination, 0x10);
	assert_int_equal(confined(&root_cell, 0xfee11000, 0x8030).destination, 0x11);
	assert_true(confined(&root_cell, 0xfee11000, 0x8030).level);
	assert_true(confined(cell, 0xfee13000, 0x30).valid);
}

static void messages_that_must_not_arrive(void **state)
{
	set_up(false);
	assert_false(confined(&root_cell, 0xfee12000, 0x30).valid);
	assert_false(confined(&root_cell, 0xfee0c004, 0x30).valid);
	assert_false(confined(cell, 0xfee10000, 0x30).valid);
	assert_false(confined(cell, 0xfee0f004, 0x30).valid);
	assert_false(confined(cell, 0xfee12000, 0x0f).valid);
	for (u32 delivery = 2; delivery < 8; delivery++)
		assert_false(confined(cell, 0xfee12000, delivery << 8 | 0x30).valid);
	assert_false(confined(cell, 0xfed12000, 0x30).valid);
	assert_false(confined(cell, 0x1fee12000, 0x30).valid);
	assert_false(confined(cell, 0x12000, 0x30).valid);
}

static void messages_for_hardware(void **state)
{
	struct irq_message msg = { .valid = true, .vector = 0x45, .destination = 0xfe };
	u64 address;
	u32 data;

	assert_true(irq_to_msi(&msg, &address, &data));
	assert_int_equal(address, 0xfeefe000);
	assert_int_equal(data, 0x45);
	msg.level = true;
	assert_true(irq_to_msi(&msg, &address, &data));
	assert_int_equal(data, 0xc045);
	for (msg.destination = 0xff; msg.destination < 0x100000; msg.destination++)
		assert_false(irq_to_msi(&msg, &address, &data));
	msg = (struct irq_message){ .destination = 1, .vector = 0x45 };
	assert_false(irq_to_msi(&msg, &address, &data));
}

static void no_message_leaves_the_cell(void **state)
{
	for (u32 round = 0; round < 200000; round++) {
		const struct cell *of;
		struct irq_message msg;

		if (round % 1000 == 0)
			set_up(round % 2000);
		of = round % 2 ? cell : &root_cell;
		msg = confined(of, 0xfee00000 | (next_random() & 0xfffff), next_random());
		if (!msg.valid)
			continue;
		assert_true(msg.vector >= 16 && msg.delivery_mode == 0 && !msg.logical);
		assert_true(msg.destination == (of == cell ? 0x12 : 0x10) ||
			    msg.destination == (of == cell ? 0x13 : 0x11));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(physical_destinations),
		rule_test(flat_destinations),
		rule_test(x2apic_cluster_destinations),
		rule_test(kinds),
		rule_test(init_deassert_is_nothing),
		rule_test(shorthands),
		rule_test(lowest_priority_reaches_one),
		rule_test(no_command_leaves_the_cell),
		rule_test(every_register),
		rule_test(lvt_entries),
		rule_test(entries_that_do_not_exist),
		rule_test(any_lvt_value),
		rule_test(messages),
		rule_test(messages_that_must_not_arrive),
		rule_test(messages_for_hardware),
		rule_test(no_message_leaves_the_cell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
