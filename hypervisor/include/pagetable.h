/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Page tables of any kind that the core walks: its own, and the cells' second stage.
 * Pure: the format of an entry comes from <asm/pte.h>, the pages from the page pool, and what must be
 * forgotten by the hardware goes through arch_tlb_flush().
 */
#ifndef PAGETABLE_H
#define PAGETABLE_H

#include <asm/pte.h>
#include <bits.h>

#define PT_ENTRIES    512
#define PT_LAST_LEVEL 3
#define INVALID_PHYS  (~0ULL)

struct page_table {
	pte_t *root;
	u8 top_level; /* 0 to 2: level of the root; the last level is 3 */
	u8 root_pages; /* concatenated root tables (Arm stage 2), otherwise 1 */
	u16 tag; /* VMID, ASID or 0, for arch_tlb_flush() */
};

/** Bytes that an entry of the given level (0 to 3) covers. */
static inline u64 pt_entry_size(u32 level)
{
	return 1ULL << (PAGE_SHIFT + 9 * (PT_LAST_LEVEL - level));
}

/** Allocate an empty root; -ENOMEM. */
int pt_init(struct page_table *pt, u32 top_level, u32 root_pages, u16 tag);

/** Free all tables; what they map is not touched. */
void pt_destroy(struct page_table *pt);

/**
 * Map [virt, virt + size) to phys, replacing what was mapped, with the largest pages that alignment allows
 * (attributes with PTE_NO_HUGE: 4 KiB pages only). Everything page-aligned. Full tables of like neighbours
 * are merged into larger pages. -ENOMEM: part of the range may be mapped; pt_pages_needed() tells before.
 */
int pt_map(struct page_table *pt, u64 virt, u64 phys, u64 size, pte_t attributes);

/** Unmap [virt, virt + size), splitting larger pages at the ends, freeing empty tables. -ENOMEM as above. */
int pt_unmap(struct page_table *pt, u64 virt, u64 size);

/**
 * Upper bound of the pages that one pt_map of [virt, virt + size) to phys, or pt_unmap of it, can take from the pool.
 * Large pages (huge) save tables only where virt and phys are aligned alike.
 */
u32 pt_pages_needed(const struct page_table *pt, u64 virt, u64 phys, u64 size, bool huge);

/** Physical address that virt is mapped to, its entry's attributes in *attributes; INVALID_PHYS if unmapped. */
u64 pt_lookup(const struct page_table *pt, u64 virt, pte_t *attributes);

/** True if [virt, virt + size) can be expressed by these tables. */
bool pt_covers(const struct page_table *pt, u64 virt, u64 size);

#endif
