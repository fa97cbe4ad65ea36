/* SPDX-License-Identifier: GPL-2.0-only */
/* What of coprocessor accesses is arm's (arm-common/aarch32.c). */
#ifndef ASM_AARCH32_H
#define ASM_AARCH32_H

#include <asm/sysregs.h>
#include <cpu.h>

static inline void count_coprocessor_exit(void)
{
	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_CP15);
}

/** Linux reads from it how many CPUs there are. */
static inline u64 read_l2ctlr(void)
{
	return read_sysreg(l2ctlr);
}

#endif
