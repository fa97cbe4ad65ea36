// SPDX-License-Identifier: GPL-2.0-only
#include <arch.h>
#include <psci.h>
#include <smccc.h>

#define VERSION_1_1       0x10001
#define ARCH_WORKAROUND_1 0x80008000
#define ARCH_WORKAROUND_2 0x80007fff
#define ARCH_WORKAROUND_3 0x80003fff
#define NOT_SUPPORTED     (-1)

/** The calls that go through to the firmware: they concern the calling CPU only. */
static bool is_workaround(u32 function)
{
	return function == ARCH_WORKAROUND_1 || function == ARCH_WORKAROUND_2 ||
	       function == ARCH_WORKAROUND_3;
}

static long ask_firmware(const unsigned long *args)
{
	unsigned long result[4];

	smccc_to_firmware(args, result);
	return (s32)result[0];
}

static long arch_features(const unsigned long *args)
{
	unsigned long call[4] = { SMCCC_ARCH_FEATURES, args[1] };

	if ((u32)args[1] == SMCCC_VERSION || (u32)args[1] == SMCCC_ARCH_FEATURES)
		return 0;
	return is_workaround(args[1]) ? ask_firmware(call) : NOT_SUPPORTED;
}

static void handle_psci(unsigned long *x)
{
	bool ended = false;
	long result;

	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_PSCI);
	result = psci_call(x, &ended);
	if (!ended)
		x[0] = result;
}

void smccc_handle(unsigned long *x)
{
	u32 function = x[0];

	if (psci_is_call(function)) {
		handle_psci(x);
		return;
	}
	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_SMCCC);
	if (function == SMCCC_VERSION)
		x[0] = VERSION_1_1;
	else if (function == SMCCC_ARCH_FEATURES)
		x[0] = arch_features(x);
	else if (is_workaround(function))
		smccc_to_firmware(x, NULL);
	else
		x[0] = NOT_SUPPORTED;
}
