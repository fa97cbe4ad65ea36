/* SPDX-License-Identifier: GPL-2.0-only */
/* Instead of the architecture's: the test has an APIC for each CPU. */
#ifndef ASM_APIC_HW_H
#define ASM_APIC_HW_H

#include <asm/apic_regs.h>
#include <asm/x86_regs.h>

#define CPUID_1_ECX_X2APIC       BIT(21)
#define CPUID_1_ECX_TSC_DEADLINE BIT(24)

extern void *apic_page;

u32 xapic_read(u32 reg);
void xapic_write(u32 reg, u32 value);
u32 x2apic_read(u32 reg);
void x2apic_write(u32 reg, u64 value);
bool x2apic_try_write(u32 reg, u32 value);

#endif
