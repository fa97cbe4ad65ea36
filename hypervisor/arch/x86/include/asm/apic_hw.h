/* SPDX-License-Identifier: GPL-2.0-only */
/* How to get at the local APIC of the calling CPU; all that apic.c does to hardware goes through here. */
#ifndef ASM_APIC_HW_H
#define ASM_APIC_HW_H

#include <asm/apic_regs.h>
#include <asm/x86_regs.h>
#include <mmio.h>

#define CPUID_1_ECX_X2APIC       BIT(21)
#define CPUID_1_ECX_TSC_DEADLINE BIT(24)

extern void *apic_page; /* the same address on each CPU, whose own registers are there */

static inline u32 xapic_read(u32 reg)
{
	return mmio_read32(mmio_reg(apic_page, reg));
}

static inline void xapic_write(u32 reg, u32 value)
{
	mmio_write32(mmio_reg(apic_page, reg), value);
}

static inline u32 x2apic_read(u32 reg)
{
	return read_msr(APIC_MSR(reg));
}

/** Unlike others, this write does not wait for earlier ones to memory (SDM 3, 11.12.3; APM 2, 16.11.2). */
static inline void x2apic_write(u32 reg, u64 value)
{
	asm volatile("mfence; lfence" : : : "memory");
	write_msr(APIC_MSR(reg), value);
}

/** What a guest chose, but for ICR; false: this CPU reserves some of the bits. */
static inline bool x2apic_try_write(u32 reg, u32 value)
{
	return x86_try_write_msr(APIC_MSR(reg), value);
}

#endif
