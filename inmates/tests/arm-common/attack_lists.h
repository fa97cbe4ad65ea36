/* SPDX-License-Identifier: GPL-2.0-only */
/* Lists of attacks, one for each file attacks-*.c. */
#ifndef JAILHOUSE_TESTS_ATTACK_LISTS_H
#define JAILHOUSE_TESTS_ATTACK_LISTS_H

#include "attack.h"

extern const struct attack memory_attacks[], mmio_attacks[], mmio_arch_attacks[], gic_attacks[],
	firmware_attacks[], cpu_attacks[], smp_attacks[];

#endif
