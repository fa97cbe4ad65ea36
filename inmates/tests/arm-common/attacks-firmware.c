// SPDX-License-Identifier: GPL-2.0-only
/* Calls to firmware and hypervisor. Reference: Arm DEN 0022 (PSCI), DEN 0028 (SMC calling convention). */
#include "attack_lists.h"
#include "attack_arch.h"
#include <asm/smp.h>

#define EPERM  1
#define EINVAL 22
#define ENOSYS 38

/* Of each range that the convention hands out, and of those that it does not. */
static const u32 unknown_functions[] = {
	0x8000fffe, 0xc0000000, 0x81000000, 0x82000000, 0xc2000001, 0x83000000, 0x84000020,
	0x8400001f, 0x840000ff, 0xc4000020, 0x85000000, 0x86000000, 0xb0000000, 0xb2000000,
	0xbf00ff01, 0x00000000, 0x00000042, 0x4a480000, 0xffffffff,
};

/* PSCI functions that a cell does not have. */
static const u32 bogus_psci[] = {
	0x84000005, 0xc4000005, 0x84000007, 0x8400000b, 0x8400000c, 0xc400000d, 0x8400000e,
	0x8400000f, 0x84000010, 0xc4000010, 0xc4000012, 0x84000013, 0xc4000014, 0x84000015,
};

static void check_not_supported(const u32 *functions, unsigned int count)
{
	unsigned int n;

	for (n = 0; n < count; n++) {
		printk("function 0x%08x\n", functions[n]);
		check("hvc", call_hvc(functions[n], 0), PSCI_NOT_SUPPORTED);
		check("smc", call_smc(functions[n], 0), PSCI_NOT_SUPPORTED);
	}
	survived(count);
}

static void smc_unknown(void)
{
	check_not_supported(unknown_functions, ARRAY_SIZE(unknown_functions));
}

static void psci_bogus(void)
{
	check_not_supported(bogus_psci, ARRAY_SIZE(bogus_psci));
}

/* All affinities up to 0:0:1:7 but our own. */
static void cpu_on_foreign(void)
{
	unsigned long affinity, mine = cpu_affinity();

	for (affinity = 0; affinity < 8; affinity++)
		if (affinity != mine)
			check("CPU_ON", psci_call(PSCI_NATIVE(PSCI_CPU_ON), affinity, 0, 0),
			      PSCI_INVALID_PARAMETERS);
	check("CPU_ON cluster 1", psci_call(PSCI_NATIVE(PSCI_CPU_ON), 0x100, 0, 0),
	      PSCI_INVALID_PARAMETERS);
	check("CPU_ON wild", psci_call(PSCI_NATIVE(PSCI_CPU_ON), ~0UL, 0, 0),
	      PSCI_INVALID_PARAMETERS);
	check("CPU_ON self", psci_call(PSCI_NATIVE(PSCI_CPU_ON), mine, 0, 0), PSCI_ALREADY_ON);
	for (affinity = 0; affinity < 8; affinity++)
		if (affinity != mine)
			check("AFFINITY_INFO",
			      psci_call(PSCI_NATIVE(PSCI_AFFINITY_INFO), affinity, 0, 0),
			      PSCI_INVALID_PARAMETERS);
	check("AFFINITY_INFO self", psci_call(PSCI_NATIVE(PSCI_AFFINITY_INFO), mine, 0, 0),
	      PSCI_AFFINITY_ON);
	survived(0);
}

/* Only #0 (firmware) and #0x4a48 (hypercall) mean anything. The register has what nothing understands. */
static void hvc_immediate(void)
{
#define TRY_HVC(immediate) \
	printk("hvc #" #immediate " gave 0x%lx\n", CALL_HVC_IMMEDIATE(immediate, 0xffffffff));

	TRY_HVC(1)
	TRY_HVC(0x4a47)
	TRY_HVC(0x4a49)
	TRY_HVC(0xffff)
	survived(exceptions_taken());
}

static void hypercall_root_only(void)
{
	check("DISABLE", jailhouse_call(JAILHOUSE_HC_DISABLE), (u64)-EPERM);
	check("CELL_CREATE", jailhouse_call_arg1(JAILHOUSE_HC_CELL_CREATE, 0), (u64)-EPERM);
	check("CELL_START", jailhouse_call_arg1(JAILHOUSE_HC_CELL_START, 1), (u64)-EPERM);
	check("CELL_SET_LOADABLE", jailhouse_call_arg1(JAILHOUSE_HC_CELL_SET_LOADABLE, 1),
	      (u64)-EPERM);
	check("CELL_DESTROY", jailhouse_call_arg1(JAILHOUSE_HC_CELL_DESTROY, 1), (u64)-EPERM);
	check("CELL_GET_STATE", jailhouse_call_arg1(JAILHOUSE_HC_CELL_GET_STATE, 0), (u64)-EPERM);
	check("CPU_GET_INFO of CPU 0", jailhouse_call_arg2(JAILHOUSE_HC_CPU_GET_INFO, 0, 0),
	      (u64)-EPERM);
	survived(0);
}

static void hypercall_bogus(void)
{
	unsigned int code;

	for (code = 9; code < 16; code++)
		check("unknown code", jailhouse_call(code), (u64)-ENOSYS);
	check("code -1", jailhouse_call(-1), (u64)-ENOSYS);
	check("GET_INFO 5", jailhouse_call_arg1(JAILHOUSE_HC_HYPERVISOR_GET_INFO, 5), (u64)-EINVAL);
	check("GET_INFO -1", jailhouse_call_arg1(JAILHOUSE_HC_HYPERVISOR_GET_INFO, ~0UL),
	      (u64)-EINVAL);
	/* EPERM or EINVAL: the order in which the core looks is its own business. */
	printk("CPU_GET_INFO wild: %d\n", jailhouse_call_arg2(JAILHOUSE_HC_CPU_GET_INFO, ~0UL, 0));
	if (!JAILHOUSE_COMM_HAS_DBG_PUTC_PERMITTED(comm_region->flags))
		check("PUTC", jailhouse_call_arg1(JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, 'X'),
		      (u64)-EPERM);
	survived(0);
}

/* What a cell may ask. */
static void hypercall_allowed(void)
{
	unsigned int info;

	for (info = 0; info < 5; info++)
		printk("GET_INFO %u: %d\n", info,
		       jailhouse_call_arg1(JAILHOUSE_HC_HYPERVISOR_GET_INFO, info));
	check("PSCI_VERSION", call_hvc(PSCI_VERSION, 0), 0x10001);
	check("SMCCC_VERSION", call_smc(0x80000000, 0), 0x10001);
	survived(0);
}

static void system_off(void)
{
	call_hvc(PSCI_SYSTEM_OFF, 0);
	survived(0);
}

static void system_reset(void)
{
	call_smc(PSCI_SYSTEM_RESET, 0);
	survived(0);
}

/* On a cell's only CPU: nobody can switch it on again. */
static void cpu_off_last(void)
{
	call_hvc(PSCI_CPU_OFF, 0);
	survived(0);
}

static void ignore_irq(unsigned int irq)
{
}

/* Woken up by the timer. */
static void cpu_suspend(void)
{
	irq_init(ignore_irq);
	disable_irqs();
	irq_enable(TIMER_IRQ);
	timer_start(timer_get_frequency() / 10);
	survived(call_hvc(PSCI_NATIVE(PSCI_CPU_SUSPEND), 0));
	timer_stop();
}

const struct attack firmware_attacks[] = {
	{ "smc-unknown", smc_unknown },
	{ "psci-bogus", psci_bogus },
	{ "cpu-on-foreign", cpu_on_foreign },
	{ "hvc-immediate", hvc_immediate },
	{ "hypercall-root-only", hypercall_root_only },
	{ "hypercall-bogus", hypercall_bogus },
	{ "hypercall-allowed", hypercall_allowed },
	{ "system-off", system_off },
	{ "system-reset", system_reset },
	{ "cpu-off-last", cpu_off_last },
	{ "cpu-suspend", cpu_suspend },
	{ NULL, NULL },
};
