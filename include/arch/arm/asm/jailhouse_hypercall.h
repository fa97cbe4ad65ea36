/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * arm: how to call the core (hvc #0x4a48, code in r0, arguments in r1 and r2, result in r0), which
 * counters it keeps, and what it tells a cell about the platform.
 */
#ifndef JAILHOUSE_ASM_HYPERCALL_H
#define JAILHOUSE_ASM_HYPERCALL_H

#include <jailhouse/comm_region.h>
#include <jailhouse/types.h>

#define JAILHOUSE_HVC_CODE 0x4a48

#define JAILHOUSE_CPU_STAT_VMEXITS_MAINTENANCE 4
#define JAILHOUSE_CPU_STAT_VMEXITS_VIRT_IRQ    5
#define JAILHOUSE_CPU_STAT_VMEXITS_VIRT_SGI    6
#define JAILHOUSE_CPU_STAT_VMEXITS_PSCI        7
#define JAILHOUSE_CPU_STAT_VMEXITS_SMCCC       8
#define JAILHOUSE_CPU_STAT_VMEXITS_CP15        9
#define JAILHOUSE_NUM_CPU_STATS                10

#ifndef __ASSEMBLER__

struct jailhouse_comm_region {
	COMM_REGION_GENERIC_HEADER;
	__u8 gic_version;
	__u8 padding[7];
	__u64 gicd_base;
	__u64 gicc_base;
	__u64 gicr_base;
	__u32 vpci_irq_base;
} COMM_REGION_ATTRIBUTES;

#ifdef __arm__ /* or a program that only wants to look at the rest */

static inline int jailhouse_call(__u32 num)
{
	register unsigned long num_result asm("r0") = num;

	asm volatile(".arch_extension virt\n\thvc %[imm]"
		     : "+r"(num_result)
		     : [imm] "i"(JAILHOUSE_HVC_CODE)
		     : "memory");
	return num_result;
}

static inline int jailhouse_call_arg1(__u32 num, unsigned long arg1)
{
	register unsigned long num_result asm("r0") = num;
	register unsigned long arg1_reg asm("r1") = arg1;

	asm volatile(".arch_extension virt\n\thvc %[imm]"
		     : "+r"(num_result), "+r"(arg1_reg)
		     : [imm] "i"(JAILHOUSE_HVC_CODE)
		     : "memory");
	return num_result;
}

static inline int jailhouse_call_arg2(__u32 num, unsigned long arg1, unsigned long arg2)
{
	register unsigned long num_result asm("r0") = num;
	register unsigned long arg1_reg asm("r1") = arg1;
	register unsigned long arg2_reg asm("r2") = arg2;

	asm volatile(".arch_extension virt\n\thvc %[imm]"
		     : "+r"(num_result), "+r"(arg1_reg), "+r"(arg2_reg)
		     : [imm] "i"(JAILHOUSE_HVC_CODE)
		     : "memory");
	return num_result;
}

#endif /* __arm__ */

#endif /* !__ASSEMBLER__ */

#endif
