// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/svm/msr_bitmaps.c: one bit too few of these maps, and a guest writes a register of the machine. */
#include "../unit.h"
/* For the maps themselves. */
#include "../../../hypervisor/arch/x86/svm/msr_bitmaps.c"

/* AMD APM 2, 15.11: where a register's two bits are, worked out anew. */
static bool traps(u32 kind, u32 x2apic, u32 msr, bool write)
{
	u32 byte = (msr < 0x2000 ? 0 : msr < 0xc0010000 ? 0x800 : 0x1000) + (msr & 0x1fff) / 4;

	return maps[kind][x2apic][byte] >> (msr % 4 * 2 + write) & 1;
}

static u32 count_passing(u32 kind, u32 x2apic)
{
	u32 count = 0;

	for (u32 n = 0; n < MAP_SIZE; n++)
		count += 8 - __builtin_popcount(maps[kind][x2apic][n]);
	return count;
}

bool apic_msr_intercepted(u32 msr, bool write)
{
	assert_in_range(msr, 0x800, 0x83f);
	return !(msr == 0x80b && write) && msr != 0x838 && msr != 0x83f;
}

static void at_first_all_trap(void **state)
{
	memset(maps, 0, sizeof(maps));
	vcpu_init_msrs();
	for (u32 root = 0; root < 2; root++) {
		assert_int_equal(count_passing(root, 0), 0);
		/* But for the x2APIC's registers. */
		assert_int_equal(count_passing(root, 1), 5);
		assert_true(traps(root, 1, 0x80b, false));
		assert_false(traps(root, 1, 0x80b, true));
		assert_false(traps(root, 1, 0x838, false));
		assert_false(traps(root, 1, 0x83f, true));
	}
}

static void just_these_pass(void **state)
{
	vcpu_init_msrs();
	vcpu_allow_msrs(false, 0x174, 0x176, false);
	assert_int_equal(count_passing(false, 0), 3);
	assert_int_equal(count_passing(false, 1), 8);
	assert_int_equal(count_passing(true, 0), 0);
	for (u32 msr = 0x174; msr <= 0x176; msr++)
		for (u32 x2apic = 0; x2apic < 2; x2apic++) {
			assert_false(traps(false, x2apic, msr, false));
			assert_true(traps(false, x2apic, msr, true));
		}
	/* The ends of the ranges. */
	vcpu_init_msrs();
	vcpu_allow_msrs(true, 0, 0, true);
	vcpu_allow_msrs(true, 0x1fff, 0x1fff, false);
	vcpu_allow_msrs(true, 0xc0000000, 0xc0000000, true);
	vcpu_allow_msrs(true, 0xc0001fff, 0xc0001fff, false);
	vcpu_allow_msrs(true, 0xc0010000, 0xc0010000, true);
	vcpu_allow_msrs(true, 0xc0011fff, 0xc0011fff, false);
	assert_int_equal(count_passing(true, 0), 6);
	assert_false(traps(true, 0, 0, true));
	assert_false(traps(true, 0, 0x1fff, false));
	assert_false(traps(true, 0, 0xc0000000, true));
	assert_false(traps(true, 0, 0xc0001fff, false));
	assert_false(traps(true, 0, 0xc0010000, true));
	assert_false(traps(true, 0, 0xc0011fff, false));
}

static void what_the_maps_do_not_have(void **state)
{
	static const u32 msrs[] = {
		0x2000, 0xbfffffff, 0xc0002000, 0xc000ffff, 0xc0012000, ~0U - 1
	};

	vcpu_init_msrs();
	for (u32 n = 0; n < ARRAY_SIZE(msrs); n++)
		vcpu_allow_msrs(true, msrs[n], msrs[n], true);
	assert_int_equal(count_passing(true, 0), 0);
}

static void chosen_by_cell_and_mode(void **state)
{
	struct cell_parts root = { .name = "root", .cpus = 1 };
	struct cell_parts parts = { .name = "cell", .id = 1, .cpus = 2 };

	reset_pool(16);
	set_root_cell(&root);
	be_cpu(1);
	this_public()->cell = add_cell(&parts);
	be_cpu(0);
	this_public()->cell = &root_cell;
	for (u32 cpu = 0; cpu < 2; cpu++)
		for (u32 x2apic = 0; x2apic < 2; x2apic++) {
			be_cpu(cpu);
			this_public()->arch.x2apic = x2apic;
			vcpu_select_msrs();
			assert_int_equal(this_cpu()->arch.vcpu.vmcb.msrpm_base,
					 hv_to_phys(maps[cpu == 0][x2apic]));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rule_test(at_first_all_trap),
		rule_test(just_these_pass),
		rule_test(what_the_maps_do_not_have),
		rule_test(chosen_by_cell_and_mode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
