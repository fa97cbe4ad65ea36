// SPDX-License-Identifier: GPL-2.0-only
/* Calls to the hypervisor. */
#include "attack_lists.h"

#define EPERM  1
#define EINVAL 22
#define ENOSYS 38

static void root_only(void)
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

static void bogus(void)
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
static void allowed(void)
{
	unsigned int info;

	for (info = 0; info < 5; info++)
		printk("GET_INFO %u: %d\n", info,
		       jailhouse_call_arg1(JAILHOUSE_HC_HYPERVISOR_GET_INFO, info));
	survived(0);
}

const struct attack hypercall_attacks[] = {
	{ "hypercall-root-only", root_only },
	{ "hypercall-bogus", bogus },
	{ "hypercall-allowed", allowed },
	{ NULL, NULL },
};
