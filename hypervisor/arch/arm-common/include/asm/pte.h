/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Entries of the long-descriptor translation tables, 4 KiB granule (Arm ARM DDI 0487, D8.3;
 * DDI 0406C, B3.6). Stage 1 of EL2 and stage 2 share all but the attributes.
 *
 *    63    59 58  55 54   53 52 51  48 47                 12 11 10 9 8 7    6 5       2 1 0
 *   +--------+------+---+---+--+------+---------------------+--+--+---+------+---------+---+
 *   | ign.   | soft |XN | . |. | res0 |  address            |nG|AF|SH | AP   | memory  |typ|
 *   +--------+------+---+---+--+------+---------------------+--+--+---+------+---------+---+
 *   type: 0 invalid, 1 block (levels 1, 2), 3 table (levels 0 to 2) or page (level 3)
 */
#ifndef ASM_PTE_H
#define ASM_PTE_H

#include <bits.h>

typedef u64 pte_t;

#define PT_FIRST_LEAF_LEVEL  1
/* A valid entry must be seen invalid before it is replaced (DDI 0487, D8.16). */
#define PT_BREAK_BEFORE_MAKE 1

#define PTE_VALID      BIT64(0)
#define PTE_TYPE       MASK64(1, 0)
#define PTE_BLOCK      1ULL
#define PTE_TABLE_PAGE 3ULL
#define PTE_ADDRESS    MASK64(47, 12)
#define PTE_SH_INNER   FIELD_PREP(MASK64(9, 8), 3ULL)
#define PTE_AF         BIT64(10)
#define PTE_XN         BIT64(54)
/* Software: this region is to be mapped by 4 KiB pages only. */
#define PTE_NO_HUGE    BIT64(55)

/* Stage 1 of EL2 */
#define S1_ATTR_DEVICE FIELD_PREP(MASK64(4, 2), 0ULL) /* index into MAIR_EL2 */
#define S1_ATTR_NORMAL FIELD_PREP(MASK64(4, 2), 1ULL)
#define S1_AP_RES1     BIT64(6)
#define S1_READ_ONLY   BIT64(7)

/* Stage 2 */
#define S2_DEVICE_nGnRE FIELD_PREP(MASK64(5, 2), 1ULL)
#define S2_NORMAL_WB    FIELD_PREP(MASK64(5, 2), 15ULL)
#define S2_MEMORY       MASK64(5, 2)
#define S2_READ         BIT64(6)
#define S2_WRITE        BIT64(7)

static inline bool pte_is_valid(pte_t entry)
{
	return entry & PTE_VALID;
}

static inline bool pte_is_table(pte_t entry, u32 level)
{
	return level < 3 && (entry & PTE_TYPE) == PTE_TABLE_PAGE;
}

static inline bool pte_is_leaf(pte_t entry, u32 level)
{
	return (entry & PTE_TYPE) == (level < 3 ? PTE_BLOCK : PTE_TABLE_PAGE);
}

static inline u64 pte_address(pte_t entry)
{
	return entry & PTE_ADDRESS;
}

static inline pte_t pte_attributes(pte_t entry, u32 level)
{
	(void)level;
	return entry & ~(PTE_ADDRESS | PTE_TYPE);
}

static inline pte_t pte_leaf(u64 phys, pte_t attributes, u32 level)
{
	return phys | attributes | (level < 3 ? PTE_BLOCK : PTE_TABLE_PAGE);
}

/** An entry of that level that points to a table. */
static inline pte_t pte_table(u64 phys, u32 level)
{
	(void)level;
	return phys | PTE_TABLE_PAGE;
}

/** Write an entry that the hardware may be walking. */
static inline void pte_write(pte_t *entry, pte_t value)
{
	__atomic_store_n(entry, value, __ATOMIC_RELEASE);
}

/** Stage 2: may the cell read it, and is it RAM? */
static inline bool pte_is_readable_ram(pte_t attributes)
{
	return (attributes & (S2_MEMORY | S2_READ)) == (S2_NORMAL_WB | S2_READ);
}

#endif
