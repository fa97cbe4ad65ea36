/* SPDX-License-Identifier: GPL-2.0-only */
/* How a CPU's first tables hang together; used with the MMU off (arm-common/boot.c). */
#ifndef ASM_BOOT_TABLES_H
#define ASM_BOOT_TABLES_H

#include <cpu.h>

#define BOOT_ATTRIBUTES (PTE_AF | PTE_SH_INNER | S1_ATTR_NORMAL | S1_AP_RES1)
#define L1_SHIFT        30
#define L2_SHIFT        21

/** A symbol of the core at its physical address: code has absolute addresses. */
static inline void *boot_address(const void *symbol, u64 hv_start)
{
	return (void *)((uintptr_t)symbol - HV_BASE + (u32)hv_start);
}

/** Are there addresses to map the entry code to itself at? */
static inline bool boot_can_enter(u64 hv_start)
{
	return hv_start >> 32 == 0 && hv_start >> L1_SHIFT >= HV_L1_ENTRIES &&
	       hv_start != LOCAL_CPU_BASE && !(hv_start & (SZ_2M - 1));
}

/** The entry by which the entry code is mapped to itself: it may share a table with the own area. */
static inline pte_t *boot_entry_code(struct arch_boot_tables *boot, u64 hv_start)
{
	pte_t *l2 = hv_start >> L1_SHIFT == LOCAL_CPU_BASE >> L1_SHIFT ? boot->l2_local :
									 boot->l2_identity;

	return &l2[(hv_start >> L2_SHIFT) % PT_ENTRIES];
}

/** Join all tables, and map the entry code; returns the root's address. */
static inline u64 boot_link(struct arch_boot_tables *boot, u64 hv_start, const pte_t *l2)
{
	boot->l1[hv_start >> L1_SHIFT] = pte_table((uintptr_t)boot->l2_identity, 1);
	boot->l1[LOCAL_CPU_BASE >> L1_SHIFT] = pte_table((uintptr_t)boot->l2_local, 1);
	boot->l1[0] = pte_table((uintptr_t)l2, 1);
	*boot_entry_code(boot, hv_start) = hv_start | BOOT_ATTRIBUTES | S1_READ_ONLY | PTE_BLOCK;
	return (uintptr_t)boot->l1;
}

#endif
