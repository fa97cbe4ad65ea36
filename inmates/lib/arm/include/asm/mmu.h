/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What is particular about 32-bit CPUs in making page tables and switching them on. */
#ifndef JAILHOUSE_ASM_MMU_H
#define JAILHOUSE_ASM_MMU_H

#include <asm/sysregs.h>

#define VA_BITS     32
#define FIRST_LEVEL 1

#define TTBCR_EAE (1UL << 31) /* long descriptors */

/** What mmu_enable() in start.S loads, in this order. */
struct mmu_registers {
	u32 mair0, mair1, ttbcr, unused;
	u64 ttbr0;
};

static inline void mmu_set_registers(struct mmu_registers *regs, u64 mair, u64 walks, u64 *table)
{
	regs->mair0 = mair;
	regs->mair1 = mair >> 32;
	regs->ttbcr = TTBCR_EAE | walks;
	regs->ttbr0 = (unsigned long)table;
}

/** Writes an entry that a table walk may read at the same time: both halves at once. */
static inline void mmu_write_entry(u64 *entry, u64 value)
{
	asm volatile("strd %Q0, %R0, [%1]" : : "r"(value), "r"(entry) : "memory");
}

static inline void mmu_flush_page(unsigned long addr)
{
	asm volatile("dsb ishst" : : : "memory");
	sysreg_write(SYSREG_TLBIMVAA, addr);
	asm volatile("dsb ish; isb" : : : "memory");
}

static inline u32 dcache_read_type(void)
{
	return sysreg_read(SYSREG_CTR);
}

static inline void dcache_clean_line(unsigned long addr)
{
	sysreg_write(SYSREG_DCCMVAC, addr);
}

#endif
