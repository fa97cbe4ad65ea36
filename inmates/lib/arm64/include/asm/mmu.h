/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What is particular about 64-bit CPUs in making page tables and switching them on. */
#ifndef JAILHOUSE_ASM_MMU_H
#define JAILHOUSE_ASM_MMU_H

#include <asm/sysregs.h>

/* Enough for all boards, and few enough for a level 0 table of 256 bytes. */
#define VA_BITS     44
#define FIRST_LEVEL 0

#define TCR_T0SZ(va_bits) (64UL - (va_bits))
#define TCR_IPS(pa_range) ((u64)(pa_range) << 32)
#define PA_RANGE_MASK     0xfUL
#define PA_RANGE_48       5UL

/** What mmu_enable() in start.S loads, in this order. */
struct mmu_registers {
	u64 mair, tcr, ttbr0;
};

static inline void mmu_set_registers(struct mmu_registers *regs, u64 mair, u64 walks, u64 *table)
{
	u64 pa_range = sysreg_read(id_aa64mmfr0_el1) & PA_RANGE_MASK;

	if (pa_range > PA_RANGE_48)
		pa_range = PA_RANGE_48;
	regs->mair = mair;
	regs->tcr = TCR_T0SZ(VA_BITS) | walks | TCR_IPS(pa_range);
	regs->ttbr0 = (unsigned long)table;
}

/** Writes an entry that a table walk may read at the same time. */
static inline void mmu_write_entry(u64 *entry, u64 value)
{
	*(volatile u64 *)entry = value;
}

static inline void mmu_flush_page(unsigned long addr)
{
	asm volatile("dsb ishst; tlbi vaae1is, %0; dsb ish; isb" : : "r"(addr >> 12) : "memory");
}

static inline u32 dcache_read_type(void)
{
	return sysreg_read(ctr_el0);
}

static inline void dcache_clean_line(unsigned long addr)
{
	asm volatile("dc cvac, %0" : : "r"(addr) : "memory");
}

#endif
