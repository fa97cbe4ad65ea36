// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/cpuid.c: what a guest learns of its CPU. */
#include "guest.h"
#include <asm/x86_regs.h>

struct cpuid cpuid(u32 leaf, u32 subleaf)
{
	return (struct cpuid){ ~0U, ~0U, ~0U, ~0U };
}

static struct cpuid ask(u32 leaf)
{
	u64 *gpr = guest.regs.gpr;

	gpr[REG_RAX] = leaf;
	gpr[REG_RCX] = 0;
	guest.skipped = 0;
	x86_handle_cpuid(&guest.regs);
	assert_int_equal(guest.skipped, 2);
	return (struct cpuid){ gpr[REG_RAX], gpr[REG_RBX], gpr[REG_RCX], gpr[REG_RDX] };
}

/** The root cell sees everything, lest Linux forget it. */
static void what_cells_have_not(void **state)
{
	set_up_guest();
	assert_int_equal(ask(7).ebx, ~(BIT(12) | BIT(15))); /* monitoring, allocation of caches */
	assert_int_equal(ask(0x80000001).ecx, ~(BIT(2) | BIT(12))); /* SVM, SKINIT */
	assert_int_equal(ask(0x80000008).ebx, ~BIT(3)); /* INVLPGB */
	assert_int_equal(ask(0x8000000a).edx | ask(0x80000020).ebx,
			 0); /* SVM's features, quality of service */
	this_public()->cell = &root_cell;
	assert_int_equal(ask(7).ebx, ~0U);
	assert_int_equal(ask(0x80000001).ecx, ~0U);
	assert_int_equal(ask(0x80000008).ebx, ~0U);
	assert_int_equal(ask(0x8000000a).edx & ask(0x80000020).ebx, ~0U);
}

/** What the core's own control registers say is not the guest's. */
static void by_control_registers(void **state)
{
	set_up_guest();
	assert_int_equal(ask(1).ecx & BIT(27), 0);
	assert_int_equal(ask(7).ecx & BIT(4), 0);
	guest.mode.cr4 = CR4_OSXSAVE | CR4_PKE;
	assert_int_equal(ask(1).ecx, ~0U);
	assert_int_equal(ask(7).ecx, ~0U);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rule_test(what_cells_have_not),
		rule_test(by_control_registers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
