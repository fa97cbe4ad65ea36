// SPDX-License-Identifier: GPL-2.0-only
/* arch/arm-common/psci.c, smccc.c, and core/cpu.c below them: CPUs of a cell among themselves. */
#include "unit.h"
#include <gic.h>
#include <psci.h>
#include <smccc.h>

extern u32 fake_cells_ended;

static u32 firmware_calls;
static unsigned long firmware_args[4], firmware_result;

void smccc_to_firmware(const unsigned long *args, unsigned long *result)
{
	firmware_calls++;
	memcpy(firmware_args, args, sizeof(firmware_args));
	if (result)
		result[0] = firmware_result;
}

static u32 handed_on;

void gic_cpu_hand_on(void)
{
	/* Interrupts are the guest's as long as the manager may think that it runs. */
	assert_int_equal(this_public()->power, CPU_RUNNING);
	assert_false(this_public()->stop_requested);
	handed_on++;
}

static struct cell *cell;

/* CPU 3 has an affinity that 32 bits do not hold. */
static const u64 mpidrs[TEST_CPUS] = { 0, 1, 0x100, 0x100000101 };

/** Root cell with CPUs 0 and 1, both running; a cell with CPUs 2, which calls, and 3, which is off. */
static void set_up_cpus(void)
{
	struct cell_parts root = { .name = "root", .cpus = 3 };
	struct cell_parts parts = { .name = "cell", .id = 1, .cpus = 12 };

	set_root_cell(&root);
	cell = add_cell(&parts);
	memset(fake_memory, 0, TEST_CPUS * sizeof(struct per_cpu));
	memset(&hardware, 0, sizeof(hardware));
	firmware_calls = fake_cells_ended = handed_on = 0;
	for (u32 cpu = 0; cpu < TEST_CPUS; cpu++) {
		cpu_public(cpu)->id = cpu;
		cpu_public(cpu)->arch.mpidr = mpidrs[cpu];
		cpu_public(cpu)->cell = cpu < 2 ? &root_cell : cell;
		cpu_public(cpu)->power = cpu == 3 ? CPU_OFF : CPU_RUNNING;
	}
	be_cpu(2);
}

static long call(u32 function, u64 arg1, u64 arg2, u64 arg3)
{
	unsigned long args[4] = { function, arg1, arg2, arg3 };
	bool ended = false;
	long result = psci_call(args, &ended);

	assert_false(ended);
	return result;
}

static void version_and_features(void **state)
{
	static const u32 known[] = { 0x84000000, 0x84000001, 0x84000002, 0x84000003, 0x84000004,
				     0x84000006, 0x84000008, 0x84000009, 0x8400000a, 0xc4000001,
				     0xc4000003, 0xc4000004, 0x80000000 };

	set_up_cpus();
	assert_int_equal(call(0x84000000, 0, 0, 0), 0x10001);
	assert_int_equal(call(0x84000006, 0, 0, 0), 2);
	for (u64 base = 0x80000000; base <= 0xc4000000; base += 0x4000000)
		for (u32 n = 0; n < 0x40; n++) {
			u32 function = base + n;
			bool is_known = false;

			for (u32 k = 0; k < ARRAY_SIZE(known); k++)
				is_known |= known[k] == function;
			assert_int_equal(call(0x8400000a, function, 0, 0), is_known ? 0 : -1);
			/* Only the low half is the argument. */
			assert_int_equal(call(0x8400000a, function | 1ULL << 32, 0, 0),
					 is_known ? 0 : -1);
		}
}

static void bogus_numbers(void **state)
{
	set_up_cpus();
	for (u32 n = 0; n < 0x20; n++) {
		if (n != 1 && n != 3 && n != 4)
			assert_int_equal(call(0xc4000000 + n, 0, 0, 0), PSCI_NOT_SUPPORTED);
		if (n > 10 || n == 5 || n == 7)
			assert_int_equal(call(0x84000000 + n, 0, 0, 0), PSCI_NOT_SUPPORTED);
	}
	assert_int_equal(hardware.events[3] + hardware.standbys + firmware_calls + fake_cells_ended,
			 0);
	assert_int_equal(cpu_public(2)->power, CPU_RUNNING);
}

static void which_calls_are_ours(void **state)
{
	static const struct {
		u32 function;
		bool ours;
	} cases[] = {
		{ 0x84000000, true },  { 0x8400001f, true },  { 0xc4000003, true },
		{ 0xc400001f, true },  { 0x84000020, false }, { 0x80000000, false },
		{ 0x04000000, false }, { 0x85000000, false }, { 0xc6000001, false },
		{ 0x83000001, false },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++)
		assert_int_equal(psci_is_call(cases[n].function), cases[n].ours);
}

/* --- CPU_ON --------------------------------------------------------------------------------- */

static void cpu_on(void **state)
{
	set_up_cpus();
	assert_int_equal(call(PSCI_CPU_ON_64, mpidrs[3], 0x123456789abc, 0xfedcba9876543210),
			 PSCI_SUCCESS);
	assert_int_equal(hardware.events[3], 1);
	assert_true(cpu_public(3)->start_requested);
	assert_int_equal(cpu_public(3)->start.entry, 0x123456789abc);
	assert_true(cpu_public(3)->start.context == 0xfedcba9876543210);
	/* It did not begin yet: a second call must not change where it does. */
	assert_int_equal(call(PSCI_CPU_ON_64, mpidrs[3], 0xbad, 0xbad), PSCI_ON_PENDING);
	assert_int_equal(cpu_public(3)->start.entry, 0x123456789abc);
	assert_int_equal(call(PSCI_AFFINITY_INFO_64, mpidrs[3], 0, 0), 2);

	be_cpu(3);
	cpu_serve();
	assert_int_equal(hardware.resets, 1);
	assert_int_equal(hardware.reset_start.entry, 0x123456789abc);
	assert_int_equal(cpu_public(3)->power, CPU_RUNNING);
	be_cpu(2);
	assert_int_equal(call(PSCI_CPU_ON_64, mpidrs[3], 0, 0), PSCI_ALREADY_ON);
	assert_int_equal(call(PSCI_AFFINITY_INFO_64, mpidrs[3], 0, 0), 0);
	assert_int_equal(hardware.events[3], 1);
}

static void cpu_on_32_bits(void **state)
{
	set_up_cpus();
	cpu_public(3)->arch.mpidr = 0x101;
	assert_int_equal(call(PSCI_CPU_ON_32, 0xabc00000101, 0xfff40001000, 0xfff00000007),
			 PSCI_SUCCESS);
	assert_int_equal(cpu_public(3)->start.entry, 0x40001000);
	assert_int_equal(cpu_public(3)->start.context, 7);
	assert_int_equal(call(PSCI_AFFINITY_INFO_32, 0xabc00000101, 0xf00000000, 0), 2);
}

/** To a cell, other cells' CPUs do not exist. */
static void foreign_cpus(void **state)
{
	static const u64 foreign[] = { 0,     1,          2,         0x101,      0x80000100,
				       ~0ULL, 0xffffffff, 0x1000100, 0x100000100 };

	set_up_cpus();
	for (u32 n = 0; n < ARRAY_SIZE(foreign); n++) {
		assert_int_equal(call(PSCI_CPU_ON_64, foreign[n], 0x1000, 0),
				 PSCI_INVALID_PARAMETERS);
		assert_int_equal(call(PSCI_AFFINITY_INFO_64, foreign[n], 0, 0),
				 PSCI_INVALID_PARAMETERS);
	}
	/* CPU 3's affinity does not fit. */
	assert_int_equal(call(PSCI_CPU_ON_32, mpidrs[3], 0x1000, 0), PSCI_INVALID_PARAMETERS);
	for (u32 cpu = 0; cpu < TEST_CPUS; cpu++) {
		assert_int_equal(hardware.events[cpu], 0);
		assert_false(cpu_public(cpu)->start_requested);
	}
}

static void cpu_on_of_each_state(void **state)
{
	static const struct {
		enum cpu_power power;
		bool starting, stopping;
		enum cpu_power stop_power;
		long result;
	} cases[] = {
		{ CPU_OFF, false, false, CPU_OFF, PSCI_SUCCESS },
		{ CPU_OFF, true, false, CPU_OFF, PSCI_ON_PENDING },
		{ CPU_RUNNING, false, false, CPU_OFF, PSCI_ALREADY_ON },
		{ CPU_RUNNING, false, true, CPU_OFF, PSCI_SUCCESS }, /* it is just going off */
		{ CPU_RUNNING, true, true, CPU_OFF, PSCI_ALREADY_ON },
		{ CPU_RUNNING, false, true, CPU_PARKED, PSCI_ALREADY_ON },
		{ CPU_OFF, false, true, CPU_PARKED, PSCI_ON_PENDING },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		set_up_cpus();
		cpu_public(3)->power = cases[n].power;
		cpu_public(3)->start_requested = cases[n].starting;
		cpu_public(3)->stop_requested = cases[n].stopping;
		cpu_public(3)->stop_power = cases[n].stop_power;
		assert_int_equal(call(PSCI_CPU_ON_64, mpidrs[3], 0x1000, 0), cases[n].result);
		assert_int_equal(hardware.events[3], cases[n].result == PSCI_SUCCESS);
	}
	assert_int_equal(call(PSCI_CPU_ON_64, mpidrs[2], 0x1000, 0), PSCI_ALREADY_ON); /* itself */
}

/** Switched off and on again before it noticed: it goes off, then begins. */
static void off_and_on_at_once(void **state)
{
	set_up_cpus();
	cpu_public(3)->power = CPU_RUNNING;
	cpu_request_stop(3, CPU_OFF);
	assert_int_equal(call(PSCI_CPU_ON_64, mpidrs[3], 0x7000, 0), PSCI_SUCCESS);
	be_cpu(3);
	cpu_serve();
	assert_int_equal(hardware.quiesces, 1);
	assert_int_equal(handed_on, 0); /* the guest did not ask for it */
	assert_int_equal(hardware.resets, 1);
	assert_int_equal(hardware.reset_start.entry, 0x7000);
	assert_int_equal(cpu_public(3)->power, CPU_RUNNING);
}

/** A CPU that management stopped is not to be woken by its cell. */
static void parked_cpus_stay(void **state)
{
	static const enum cpu_power powers[] = { CPU_PARKED, CPU_FAILED };

	for (u32 n = 0; n < ARRAY_SIZE(powers); n++) {
		set_up_cpus();
		cpu_public(3)->power = powers[n];
		assert_int_not_equal(call(PSCI_CPU_ON_64, mpidrs[3], 0x1000, 0), PSCI_SUCCESS);
		assert_false(cpu_public(3)->start_requested);
		assert_int_equal(hardware.events[3], 0);
	}
}

static void affinity_info(void **state)
{
	set_up_cpus();
	assert_int_equal(call(PSCI_AFFINITY_INFO_64, mpidrs[2], 0, 0), 0);
	assert_int_equal(call(PSCI_AFFINITY_INFO_64, mpidrs[3], 0, 0), 1);
	cpu_public(2)->stop_requested = true;
	assert_int_equal(call(PSCI_AFFINITY_INFO_64, mpidrs[2], 0, 0), 1);
	for (u64 level = 1; level < 5; level++)
		assert_int_equal(call(PSCI_AFFINITY_INFO_64, mpidrs[3], level, 0),
				 PSCI_INVALID_PARAMETERS);
	assert_int_equal(call(PSCI_AFFINITY_INFO_64, mpidrs[3], 1ULL << 32, 0),
			 PSCI_INVALID_PARAMETERS);
}

/* --- CPU_OFF, CPU_SUSPEND, SYSTEM_OFF ------------------------------------------------------- */

static void start_again(void)
{
	assert_int_equal(cpu_public(2)->power, CPU_OFF);
	assert_int_equal(hardware.quiesces, 1);
	assert_false(cpu_public(2)->stop_requested);
	assert_true(cpu_power_on(2, (struct cpu_start){ 0x5000, 6 }));
}

static void cpu_off_until_on(void **state)
{
	unsigned long x[4] = { PSCI_CPU_OFF, 1, 2, 3 };

	set_up_cpus();
	hardware.on_wait = start_again;
	smccc_handle(x);
	assert_int_equal(handed_on, 1);
	assert_int_equal(hardware.waits, 1);
	assert_int_equal(hardware.resets, 1);
	assert_int_equal(hardware.reset_start.entry, 0x5000);
	assert_int_equal(hardware.reset_start.context, 6);
	assert_int_equal(cpu_public(2)->power, CPU_RUNNING);
	/* There is no result: x0 belongs to the guest that began. */
	assert_int_equal(x[0], PSCI_CPU_OFF);
	assert_int_equal(cpu_public(2)->stats[JAILHOUSE_CPU_STAT_VMEXITS_PSCI], 1);
}

static void cpu_suspend_is_standby(void **state)
{
	set_up_cpus();
	assert_int_equal(call(PSCI_CPU_SUSPEND_32, 0x10000, 0x1000, 0), PSCI_SUCCESS);
	assert_int_equal(call(PSCI_CPU_SUSPEND_64, 0, 0, 0), PSCI_SUCCESS);
	assert_int_equal(hardware.standbys, 2);
	assert_int_equal(hardware.resets, 0);
}

static void system_off_ends_the_cell_only(void **state)
{
	static const u32 functions[] = { PSCI_SYSTEM_OFF, PSCI_SYSTEM_RESET };

	for (u32 n = 0; n < ARRAY_SIZE(functions); n++) {
		unsigned long args[4] = { functions[n] };
		bool ended = false;

		set_up_cpus();
		psci_call(args, &ended);
		assert_true(ended);
		assert_int_equal(handed_on, 0);
		assert_int_equal(fake_cells_ended, 1);
		assert_int_equal(firmware_calls, 0);
		/* The root cell, beside another: the machine goes on. */
		be_cpu(0);
		psci_call(args, &ended);
		assert_int_equal(fake_cells_ended, 2);
		assert_int_equal(firmware_calls, 0);
		/* The root cell, alone. */
		root_cell.next = NULL;
		num_cells = 1;
		psci_call(args, &ended);
		assert_int_equal(firmware_calls, 1);
		assert_int_equal(firmware_args[0], functions[n]);
	}
}

/* --- SMCCC ---------------------------------------------------------------------------------- */

static u64 smccc(u32 function, u64 arg1)
{
	unsigned long x[31] = { function, arg1, 0x22, 0x33 };

	smccc_handle(x);
	assert_int_equal(x[1], arg1);
	assert_int_equal(x[2], 0x22);
	assert_int_equal(x[3], 0x33);
	return x[0];
}

static void smccc_calls(void **state)
{
	static const u32 bogus[] = { 0,          1,          0x80000002, 0x80000003, 0x8000ff01,
				     0x82000000, 0x83000000, 0xbf00ff01, 0xc2000000, 0xc6000001,
				     0xffffffff, 0x84000020, 0x80007ffe, 0xc0008000 };

	set_up_cpus();
	assert_int_equal(smccc(SMCCC_VERSION, 0), 0x10001);
	assert_int_equal(smccc(SMCCC_ARCH_FEATURES, SMCCC_VERSION), 0);
	assert_int_equal(smccc(SMCCC_ARCH_FEATURES, SMCCC_ARCH_FEATURES), 0);
	for (u32 n = 0; n < ARRAY_SIZE(bogus); n++) {
		assert_true(smccc(bogus[n], 0) == ~0ULL);
		assert_true(smccc(SMCCC_ARCH_FEATURES, bogus[n]) == ~0ULL);
	}
	assert_int_equal(firmware_calls, 0);
	assert_int_equal(cpu_public(2)->stats[JAILHOUSE_CPU_STAT_VMEXITS_SMCCC],
			 3 + 2 * ARRAY_SIZE(bogus));
	assert_int_equal(cpu_public(2)->stats[JAILHOUSE_CPU_STAT_VMEXITS_PSCI], 0);
}

static void workarounds_go_to_the_firmware(void **state)
{
	static const u32 workarounds[] = { 0x80008000, 0x80007fff, 0x80003fff };

	set_up_cpus();
	for (u32 n = 0; n < ARRAY_SIZE(workarounds); n++) {
		firmware_calls = 0;
		firmware_result = 0xffffffff;
		assert_true(smccc(SMCCC_ARCH_FEATURES, workarounds[n]) ==
			    ~0ULL); /* 32 bits, signed */
		firmware_result = 1;
		assert_int_equal(smccc(SMCCC_ARCH_FEATURES, workarounds[n]), 1);
		assert_int_equal(firmware_calls, 2);
		assert_int_equal(firmware_args[0], SMCCC_ARCH_FEATURES);
		assert_int_equal(firmware_args[1], workarounds[n]);
		smccc(workarounds[n], 1);
		assert_int_equal(firmware_calls, 3);
		assert_int_equal(firmware_args[0], workarounds[n]);
	}
}

static void psci_by_smccc(void **state)
{
	unsigned long x[31] = { 0xffffffff00000000 | PSCI_VERSION };

	set_up_cpus();
	smccc_handle(x);
	assert_int_equal(x[0], 0x10001);
	x[0] = 0x8400001f;
	smccc_handle(x);
	assert_true(x[0] == ~0ULL);
	assert_int_equal(cpu_public(2)->stats[JAILHOUSE_CPU_STAT_VMEXITS_PSCI], 2);
}

/* --- core/cpu.c ----------------------------------------------------------------------------- */

static void sets_of_cpus(void **state)
{
	u32 set[CPU_SET_WORDS] = { 0 }, cpu, n = 0;
	static const u32 members[] = { 0, 1, 31, 32, 95, 200, 255 };

	assert_int_equal(cpu_set_next(set, 0), MAX_CPUS);
	for (n = 0; n < ARRAY_SIZE(members); n++)
		bit_set(set, members[n]);
	n = 0;
	for_each_cpu (cpu, set)
		assert_int_equal(cpu, members[n++]);
	assert_int_equal(n, ARRAY_SIZE(members));
	assert_int_equal(cpu_set_next(set, 33), 95);
	assert_int_equal(cpu_set_next(set, 255), 255);
	assert_int_equal(cpu_set_next(set, 256), MAX_CPUS);
}

static void moved_cpu_waits(void **state)
{
	set_up_cpus();
	cpu_public(1)->stats[0] = 5;
	cpu_public(1)->start_requested = true;
	cpu_move(1, &root_cell, cell);
	assert_int_equal(root_cell.cpus[0], 1);
	assert_int_equal(cell->cpus[0], 14);
	assert_ptr_equal(cpu_public(1)->cell, cell);
	assert_int_equal(cpu_public(1)->stats[0], 0);
	assert_true(cpu_public(1)->stop_requested);
	assert_int_equal(cpu_public(1)->stop_power, CPU_OFF);
	assert_false(cpu_public(1)->start_requested);
}

static u32 wakes;

static void stop_then_start(void)
{
	/* Spurious wake-ups first; the failure lasts until somebody starts the CPU. */
	if (++wakes < 3)
		return;
	assert_int_equal(cpu_public(2)->power, CPU_FAILED);
	assert_false(cpu_power_on(2, (struct cpu_start){ 1, 2 }));
	cpu_request_start(2, (struct cpu_start){ 3, 4 });
}

static void failed_cpu_waits_for_management(void **state)
{
	set_up_cpus();
	wakes = 0;
	hardware.on_wait = stop_then_start;
	cpu_stop_async(2, CPU_FAILED);
	assert_int_equal(hardware.events[2], 1);
	cpu_serve();
	assert_int_equal(wakes, 3);
	assert_int_equal(hardware.quiesces, 1);
	assert_int_equal(hardware.reset_start.entry, 3);
	assert_int_equal(cpu_public(2)->power, CPU_RUNNING);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(version_and_features),
		rule_test(bogus_numbers),
		rule_test(which_calls_are_ours),
		rule_test(cpu_on),
		rule_test(cpu_on_32_bits),
		rule_test(foreign_cpus),
		rule_test(cpu_on_of_each_state),
		rule_test(off_and_on_at_once),
		rule_test(parked_cpus_stay),
		rule_test(affinity_info),
		rule_test(cpu_off_until_on),
		rule_test(cpu_suspend_is_standby),
		rule_test(system_off_ends_the_cell_only),
		rule_test(smccc_calls),
		rule_test(workarounds_go_to_the_firmware),
		rule_test(psci_by_smccc),
		rule_test(sets_of_cpus),
		rule_test(moved_cpu_waits),
		rule_test(failed_cpu_waits_for_management),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
