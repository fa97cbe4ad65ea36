/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * System registers that the library uses, by their place in CP15. Reference: Arm DDI 0406, "Arm Architecture
 * Reference Manual, ARMv7-A and ARMv7-R edition", B3.17.
 */
#ifndef JAILHOUSE_ASM_SYSREGS_H
#define JAILHOUSE_ASM_SYSREGS_H

#include <jailhouse/types.h>

/* opc1, CRn, CRm, opc2 */
#define SYSREG_CTR      0, c0, c0, 1
#define SYSREG_MPIDR    0, c0, c0, 5
#define SYSREG_SCTLR    0, c1, c0, 0
#define SYSREG_DFSR     0, c5, c0, 0
#define SYSREG_IFSR     0, c5, c0, 1
#define SYSREG_DFAR     0, c6, c0, 0
#define SYSREG_IFAR     0, c6, c0, 2
#define SYSREG_DCCMVAC  0, c7, c10, 1
#define SYSREG_TLBIMVAA 0, c8, c3, 3 /* inner shareable */
#define SYSREG_CNTFRQ   0, c14, c0, 0
#define SYSREG_CNTV_CTL 0, c14, c3, 1

/* opc1, CRm */
#define SYSREG64_CNTVCT    1, c14
#define SYSREG64_CNTV_CVAL 3, c14

/* One more level, so that the names above are replaced before they are taken apart. */
#define sysreg_read(...)    sysreg_read_(__VA_ARGS__)
#define sysreg_write(...)   sysreg_write_(__VA_ARGS__)
#define sysreg64_read(...)  sysreg64_read_(__VA_ARGS__)
#define sysreg64_write(...) sysreg64_write_(__VA_ARGS__)

#define sysreg_read_(opc1, crn, crm, opc2)                                        \
	({                                                                        \
		u32 value_;                                                       \
		asm volatile("mrc p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2 \
			     : "=r"(value_)                                       \
			     :                                                    \
			     : "memory");                                         \
		value_;                                                           \
	})

#define sysreg_write_(opc1, crn, crm, opc2, value)                        \
	asm volatile("mcr p15, " #opc1 ", %0, " #crn ", " #crm ", " #opc2 \
		     :                                                    \
		     : "r"((u32)(value))                                  \
		     : "memory")

#define sysreg64_read_(opc1, crm)                                                                 \
	({                                                                                        \
		u64 value_;                                                                       \
		asm volatile("mrrc p15, " #opc1 ", %Q0, %R0, " #crm : "=r"(value_) : : "memory"); \
		value_;                                                                           \
	})

#define sysreg64_write_(opc1, crm, value) \
	asm volatile("mcrr p15, " #opc1 ", %Q0, %R0, " #crm : : "r"((u64)(value)) : "memory")

#define isb() asm volatile("isb" : : : "memory")

#define MPIDR_AFFINITY_MASK 0xffffffUL

#endif
