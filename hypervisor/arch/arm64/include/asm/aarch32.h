/* SPDX-License-Identifier: GPL-2.0-only */
/* What of AArch32 guests is arm64's (arm-common/aarch32.c). */
#ifndef ASM_AARCH32_H
#define ASM_AARCH32_H

#include <jailhouse/types.h>

/** There is no counter for them. */
static inline void count_coprocessor_exit(void)
{
}

/** It cannot be read from AArch64 by a name that all CPUs with AArch32 have: one CPU, no more is known. */
static inline u64 read_l2ctlr(void)
{
	return 0;
}

#endif
