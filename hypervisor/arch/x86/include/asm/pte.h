/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Entries of four-level tables (AMD APM 2, 5.3): the core's own, nested paging (15.25), and at the same time the AMD
 * IOMMU's (48882, 2.2.3), which walks the cells' tables as well:
 *
 *    63 62 61 60         52 51                     12 11   9 8  7  6 5 4   3   2 1 0
 *   +--+--+--+-------------+-------------------------+------+--+--+-+-+---+---+-+-+-+
 *   |NX|IW|IR|      0      |  address                | next |S |PS|D|A|PCD|PWT|U|W|P|
 *   +--+--+--+-------------+-------------------------+------+--+--+-+-+---+---+-+-+-+
 *   IR, IW: a device may read, write; next: level of the table below as the IOMMU counts (last: 1), 0 for pages. Processors
 *   ignore these. S: ours; nested tables ignore the global bit.
 */
#ifndef ASM_PTE_H
#define ASM_PTE_H

#include <bits.h>

typedef u64 pte_t;

/* 1 GiB pages where the CPU has them. */
extern u32 x86_first_leaf_level;
#define PT_FIRST_LEAF_LEVEL  x86_first_leaf_level
/* A valid entry may be replaced at once. */
#define PT_BREAK_BEFORE_MAKE 0

#define PTE_PRESENT  BIT64(0)
#define PTE_WRITE    BIT64(1)
#define PTE_USER     BIT64(2)
#define PTE_PWT      BIT64(3)
/* In cells' tables: not RAM. As it is UC-, guests may still combine writes (AMD APM 2, 15.25.8). */
#define PTE_PCD      BIT64(4)
#define PTE_ACCESSED BIT64(5)
#define PTE_DIRTY    BIT64(6)
#define PTE_LARGE    BIT64(7)
/* Software: this region is to be mapped by 4 KiB pages only. */
#define PTE_NO_HUGE  BIT64(8)
#define PTE_NEXT     MASK64(11, 9)
#define PTE_ADDRESS  MASK64(51, 12)
#define PTE_DMA_R    BIT64(61)
#define PTE_DMA_W    BIT64(62)
#define PTE_NX       BIT64(63)

static inline bool pte_is_valid(pte_t entry)
{
	return entry & PTE_PRESENT;
}

static inline bool pte_is_table(pte_t entry, u32 level)
{
	return level < 3 && (entry & (PTE_PRESENT | PTE_LARGE)) == PTE_PRESENT;
}

static inline bool pte_is_leaf(pte_t entry, u32 level)
{
	return (entry & PTE_PRESENT) && (level == 3 || (entry & PTE_LARGE));
}

static inline u64 pte_address(pte_t entry)
{
	return entry & PTE_ADDRESS;
}

static inline pte_t pte_attributes(pte_t entry, u32 level)
{
	return entry & ~(PTE_ADDRESS | PTE_PRESENT | PTE_LARGE);
}

static inline pte_t pte_leaf(u64 phys, pte_t attributes, u32 level)
{
	return phys | attributes | PTE_PRESENT | (level < 3 ? PTE_LARGE : 0);
}

/** An entry of that level that points to a table: all rights, the pages say less. */
static inline pte_t pte_table(u64 phys, u32 level)
{
	return phys | PTE_PRESENT | PTE_WRITE | PTE_USER | PTE_ACCESSED | PTE_DMA_R | PTE_DMA_W |
	       FIELD_PREP(PTE_NEXT, 3ULL - level);
}

/** Write an entry that the hardware may be walking. */
static inline void pte_write(pte_t *entry, pte_t value)
{
	__atomic_store_n(entry, value, __ATOMIC_RELEASE);
}

/** Nested paging: may the cell read it, and is it RAM? */
static inline bool pte_is_readable_ram(pte_t attributes)
{
	return (attributes & (PTE_USER | PTE_PCD)) == PTE_USER;
}

#endif
