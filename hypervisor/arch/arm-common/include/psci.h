/* SPDX-License-Identifier: GPL-2.0-only */
/* Power State Coordination Interface 1.1 (DEN 0022), for the CPUs of a cell among themselves. */
#ifndef PSCI_H
#define PSCI_H

#include <jailhouse/types.h>

#define PSCI_VERSION           0x84000000
#define PSCI_CPU_SUSPEND_32    0x84000001
#define PSCI_CPU_OFF           0x84000002
#define PSCI_CPU_ON_32         0x84000003
#define PSCI_AFFINITY_INFO_32  0x84000004
#define PSCI_MIGRATE_INFO_TYPE 0x84000006
#define PSCI_SYSTEM_OFF        0x84000008
#define PSCI_SYSTEM_RESET      0x84000009
#define PSCI_FEATURES          0x8400000a
#define PSCI_CPU_SUSPEND_64    0xc4000001
#define PSCI_CPU_ON_64         0xc4000003
#define PSCI_AFFINITY_INFO_64  0xc4000004

#define PSCI_SUCCESS            0
#define PSCI_NOT_SUPPORTED      (-1)
#define PSCI_INVALID_PARAMETERS (-2)
#define PSCI_DENIED             (-3)
#define PSCI_ALREADY_ON         (-4)
#define PSCI_ON_PENDING         (-5)

/** Function IDs that are PSCI's, whether known or not. */
static inline bool psci_is_call(u32 function)
{
	return (function & 0xbfffffe0) == 0x84000000;
}

/**
 * Carry out a call of the calling CPU's guest: args[0] the function, args[1] to [3] its arguments, 32 or 64 bits as the function
 * says. Returns the result; after CPU_OFF and the like the guest may meanwhile begin elsewhere, *ended is set, and there is none.
 */
long psci_call(const unsigned long *args, bool *ended);

#endif
