/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * x86: how to call the core (vmcall on Intel, vmmcall on AMD, code in EAX, arguments in RDI and
 * RSI, result in EAX), how to find out that it is there, which counters it keeps, and what it tells
 * a cell about the platform.
 */
#ifndef JAILHOUSE_ASM_HYPERCALL_H
#define JAILHOUSE_ASM_HYPERCALL_H

#include <jailhouse/comm_region.h>
#include <jailhouse/types.h>

/*
 * CPUID leaf 1, ECX: some hypervisor is there. Then leaf BASE gives FEATURES in EAX and the
 * signature in EBX, ECX, EDX.
 */
#define JAILHOUSE_CPUID_HYPERVISOR_BIT (1U << 31)
#define JAILHOUSE_CPUID_SIGNATURE      0x40000000
#define JAILHOUSE_CPUID_FEATURES       0x40000001
#define JAILHOUSE_CPUID_VENDOR_EBX     0x6c69614a /* "Jail" */
#define JAILHOUSE_CPUID_VENDOR_ECX     0x73756f68 /* "hous" */
#define JAILHOUSE_CPUID_VENDOR_EDX     0x00000065 /* "e\0\0\0" */

#define JAILHOUSE_CPU_STAT_VMEXITS_PIO            4
#define JAILHOUSE_CPU_STAT_VMEXITS_XAPIC          5
#define JAILHOUSE_CPU_STAT_VMEXITS_CR             6
#define JAILHOUSE_CPU_STAT_VMEXITS_CPUID          7
#define JAILHOUSE_CPU_STAT_VMEXITS_XSETBV         8
#define JAILHOUSE_CPU_STAT_VMEXITS_EXCEPTION      9
#define JAILHOUSE_CPU_STAT_VMEXITS_MSR_OTHER      10
#define JAILHOUSE_CPU_STAT_VMEXITS_MSR_X2APIC_ICR 11
#define JAILHOUSE_NUM_CPU_STATS                   12

#ifndef __ASSEMBLER__

struct jailhouse_comm_region {
	COMM_REGION_GENERIC_HEADER;
	__u16 pm_timer_address; /* I/O port */
	__u16 num_cpus;
	__u32 tsc_khz;
	__u32 apic_khz; /* 0 if there is a TSC deadline timer */
} COMM_REGION_ATTRIBUTES;

/* Defined and set by the caller, before the first call: true on Intel, false on AMD. */
extern bool jailhouse_use_vmcall;

static inline int jailhouse_call(__u32 num)
{
	int result;

	if (jailhouse_use_vmcall)
		asm volatile("vmcall" : "=a"(result) : "a"(num) : "memory");
	else
		asm volatile("vmmcall" : "=a"(result) : "a"(num) : "memory");
	return result;
}

static inline int jailhouse_call_arg1(__u32 num, unsigned long arg1)
{
	int result;

	if (jailhouse_use_vmcall)
		asm volatile("vmcall" : "=a"(result) : "a"(num), "D"(arg1) : "memory");
	else
		asm volatile("vmmcall" : "=a"(result) : "a"(num), "D"(arg1) : "memory");
	return result;
}

static inline int jailhouse_call_arg2(__u32 num, unsigned long arg1, unsigned long arg2)
{
	int result;

	if (jailhouse_use_vmcall)
		asm volatile("vmcall" : "=a"(result) : "a"(num), "D"(arg1), "S"(arg2) : "memory");
	else
		asm volatile("vmmcall" : "=a"(result) : "a"(num), "D"(arg1), "S"(arg2) : "memory");
	return result;
}

#endif /* !__ASSEMBLER__ */

#endif
