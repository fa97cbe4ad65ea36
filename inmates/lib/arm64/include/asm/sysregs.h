/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* System registers that the library uses. Reference: Arm DDI 0487, "Arm Architecture Reference Manual". */
#ifndef JAILHOUSE_ASM_SYSREGS_H
#define JAILHOUSE_ASM_SYSREGS_H

#include <jailhouse/types.h>

#define sysreg_read(name)                                                   \
	({                                                                  \
		u64 value_;                                                 \
		asm volatile("mrs %0, " #name : "=r"(value_) : : "memory"); \
		value_;                                                     \
	})

#define sysreg_write(name, value) \
	asm volatile("msr " #name ", %x0" : : "rZ"((u64)(value)) : "memory")

#define isb() asm volatile("isb" : : : "memory")

#define MPIDR_AFFINITY_MASK 0xff00ffffffUL

#define SCTLR_M (1UL << 0)
#define SCTLR_C (1UL << 2)
#define SCTLR_I (1UL << 12)

#define CNTV_CTL_ENABLE (1UL << 0)

#define CPACR_FPEN (3UL << 20)

#endif
