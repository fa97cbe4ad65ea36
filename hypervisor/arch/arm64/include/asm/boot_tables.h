/* SPDX-License-Identifier: GPL-2.0-only */
/* How a CPU's first tables hang together; used with the MMU off (arm-common/boot.c). */
#ifndef ASM_BOOT_TABLES_H
#define ASM_BOOT_TABLES_H

#include <cpu.h>

#define BOOT_ATTRIBUTES (PTE_AF | PTE_SH_INNER | S1_ATTR_NORMAL | S1_AP_RES1)
#define L0_SHIFT        39

/** A symbol of the core at its physical address: code that is relative to the program counter finds it there. */
#define boot_address(symbol, hv_start) (symbol)

/** Are there addresses to map the entry code to itself at? */
static inline bool boot_can_enter(u64 hv_start)
{
	return hv_start >> L0_SHIFT < HV_L0_INDEX && !(hv_start & (SZ_2M - 1));
}

/** The entry by which the entry code is mapped to itself. */
static inline pte_t *boot_entry_code(struct arch_boot_tables *boot, u64 hv_start)
{
	return &boot->l0[hv_start >> L0_SHIFT];
}

/** Join all tables, and map the entry code; returns the root's address. */
static inline u64 boot_link(struct arch_boot_tables *boot, u64 hv_start, const pte_t *l2)
{
	boot->l1_identity[(hv_start >> 30) % PT_ENTRIES] = pte_table((u64)boot->l2_identity, 1);
	boot->l2_identity[(hv_start >> 21) % PT_ENTRIES] =
		hv_start | BOOT_ATTRIBUTES | S1_READ_ONLY | PTE_BLOCK;
	*boot_entry_code(boot, hv_start) = pte_table((u64)boot->l1_identity, 0);
	boot->l1[0] = pte_table((u64)l2, 1);
	boot->l1[LOCAL_CPU_OFFSET / SZ_1G] = pte_table((u64)boot->l2_local, 1);
	boot->l0[HV_L0_INDEX] = pte_table((u64)boot->l1, 0);
	return (u64)boot->l0;
}

#endif
