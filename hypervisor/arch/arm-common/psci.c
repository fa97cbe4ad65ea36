// SPDX-License-Identifier: GPL-2.0-only
#include <arch.h>
#include <gic.h>
#include <psci.h>
#include <setup.h>
#include <smccc.h>

#define VERSION_1_1        0x10001
#define MIGRATE_NOT_NEEDED 2
#define AFFINITY_ON        0
#define AFFINITY_OFF       1
#define AFFINITY_PENDING   2
#define IS_64BIT(function) FIELD(BIT(30), function)

/** Calls with 64-bit arguments do not exist where registers have 32. */
static bool exists(u32 function)
{
	return !IS_64BIT(function) || sizeof(long) == 8;
}

/** The CPU of the calling cell with that affinity, NULL if it has none. */
static struct cpu_public *find_cpu(u64 mpidr)
{
	u32 cpu;

	for_each_cpu (cpu, this_cell()->cpus)
		if (cpu_public(cpu)->arch.mpidr == mpidr)
			return cpu_public(cpu);
	return NULL;
}

static long cpu_on(u64 mpidr, u64 entry, u64 context)
{
	struct cpu_public *target = find_cpu(mpidr);

	if (!target)
		return PSCI_INVALID_PARAMETERS;
	if (cpu_power_on(target->id, (struct cpu_start){ entry, context }))
		return PSCI_SUCCESS;
	return target->power == CPU_RUNNING ? PSCI_ALREADY_ON : PSCI_ON_PENDING;
}

static long affinity_info(u64 mpidr, u64 level)
{
	const struct cpu_public *target = find_cpu(mpidr);

	if (!target || level != 0)
		return PSCI_INVALID_PARAMETERS;
	if (target->start_requested)
		return AFFINITY_PENDING;
	return target->power == CPU_RUNNING && !target->stop_requested ? AFFINITY_ON : AFFINITY_OFF;
}

static long features(u32 function)
{
	switch (exists(function) ? function : 0) {
	case PSCI_VERSION:
	case PSCI_CPU_SUSPEND_32:
	case PSCI_CPU_SUSPEND_64:
	case PSCI_CPU_OFF:
	case PSCI_CPU_ON_32:
	case PSCI_CPU_ON_64:
	case PSCI_AFFINITY_INFO_32:
	case PSCI_AFFINITY_INFO_64:
	case PSCI_MIGRATE_INFO_TYPE:
	case PSCI_SYSTEM_OFF:
	case PSCI_SYSTEM_RESET:
	case PSCI_FEATURES:
	case SMCCC_VERSION:
		return PSCI_SUCCESS;
	default:
		return PSCI_NOT_SUPPORTED;
	}
}

/**
 * SYSTEM_OFF and SYSTEM_RESET end the calling cell. Only if it is the root cell and alone, the machine itself is meant.
 */
static void end_system(const unsigned long *args)
{
	if (this_cell() == &root_cell && num_cells == 1)
		smccc_to_firmware(args, NULL);
	cell_end(this_cell());
}

long psci_call(const unsigned long *args, bool *ended)
{
	u32 function = args[0];
	u64 mask = IS_64BIT(function) ? ~0ULL : 0xffffffff;

	switch (exists(function) ? function : 0) {
	case PSCI_VERSION:
		return VERSION_1_1;
	case PSCI_CPU_SUSPEND_32:
	case PSCI_CPU_SUSPEND_64:
		/* Every state is a standby: the CPU wakes with all it had, as PSCI permits. */
		arch_cpu_standby();
		return PSCI_SUCCESS;
	case PSCI_CPU_OFF:
		*ended = true;
		/* What is pending here would be so in the distributor, were there no core, and others of its CPUs get it. */
		gic_cpu_hand_on();
		cpu_power_off(CPU_OFF);
		return PSCI_SUCCESS;
	case PSCI_CPU_ON_32:
	case PSCI_CPU_ON_64:
		return cpu_on(args[1] & mask, args[2] & mask, args[3] & mask);
	case PSCI_AFFINITY_INFO_32:
	case PSCI_AFFINITY_INFO_64:
		return affinity_info(args[1] & mask, args[2] & mask);
	case PSCI_MIGRATE_INFO_TYPE:
		return MIGRATE_NOT_NEEDED;
	case PSCI_SYSTEM_OFF:
	case PSCI_SYSTEM_RESET:
		*ended = true;
		end_system(args);
		return PSCI_SUCCESS;
	case PSCI_FEATURES:
		return features(args[1]);
	default:
		return PSCI_NOT_SUPPORTED;
	}
}
