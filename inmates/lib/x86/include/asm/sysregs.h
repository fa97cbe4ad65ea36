/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Control and model-specific registers, CPUID. References: Intel SDM 3 and 4, AMD APM 2. */
#ifndef JAILHOUSE_INMATE_SYSREGS_H
#define JAILHOUSE_INMATE_SYSREGS_H

/* Control registers; SDM 3, 2.5 */
#define CR0_PE         0x00000001
#define CR0_MP         0x00000002
#define CR0_TS         0x00000008
#define CR0_ET         0x00000010
#define CR0_NE         0x00000020
#define CR0_PG         0x80000000
#define CR4_DE         0x00000008
#define CR4_PAE        0x00000020
#define CR4_OSFXSR     0x00000200
#define CR4_OSXMMEXCPT 0x00000400
#define CR4_OSXSAVE    0x00040000

/* SDM 4, 2.1; APM 2, A */
#define MSR_APIC_BASE    0x0000001b
#define APIC_BASE_BSP    0x00000100
#define APIC_BASE_X2APIC 0x00000400
#define APIC_BASE_ENABLE 0x00000800
#define MSR_TSC_DEADLINE 0x000006e0
#define MSR_EFER         0xc0000080
#define EFER_LME         0x00000100

/* SDM 2, CPUID */
#define CPUID_1_ECX_TSC_DEADLINE (1U << 24)
#define CPUID_1_ECX_XSAVE        (1U << 26)
#define CPUID_1_ECX_AVX          (1U << 28)

#ifndef __ASSEMBLER__

#include <jailhouse/types.h>

struct cpuid {
	u32 eax, ebx, ecx, edx;
};

static inline struct cpuid cpuid(u32 leaf, u32 subleaf)
{
	struct cpuid regs = { .eax = leaf, .ecx = subleaf };

	asm volatile("cpuid" : "+a"(regs.eax), "=b"(regs.ebx), "+c"(regs.ecx), "=d"(regs.edx));
	return regs;
}

static inline u64 read_msr(u32 msr)
{
	u32 low, high;

	asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr) : "memory");
	return (u64)high << 32 | low;
}

static inline void write_msr(u32 msr, u64 value)
{
	asm volatile("wrmsr" : : "a"((u32)value), "d"((u32)(value >> 32)), "c"(msr) : "memory");
}

#define CONTROL_REGISTER(name)                                                  \
	static inline unsigned long read_##name(void)                           \
	{                                                                       \
		unsigned long value;                                            \
                                                                                \
		asm volatile("mov %%" #name ", %0" : "=r"(value) : : "memory"); \
		return value;                                                   \
	}                                                                       \
                                                                                \
	static inline void write_##name(unsigned long value)                    \
	{                                                                       \
		asm volatile("mov %0, %%" #name : : "r"(value) : "memory");     \
	}

CONTROL_REGISTER(cr0)
CONTROL_REGISTER(cr2)
CONTROL_REGISTER(cr3)
CONTROL_REGISTER(cr4)

#undef CONTROL_REGISTER

/** Time stamp counter, not before what stands before it has been done. */
static inline u64 read_tsc(void)
{
	u32 low, high;

	asm volatile("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (u64)high << 32 | low;
}

#endif

#endif
