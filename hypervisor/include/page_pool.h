/* SPDX-License-Identifier: GPL-2.0-only */
/* Pools of pages: of memory (mem_pool), and of virtual addresses to map devices at (remap_pool). */
#ifndef PAGE_POOL_H
#define PAGE_POOL_H

#include <bits.h>

struct page_pool {
	u64 base; /* address of page 0 */
	u32 pages; /* all pages */
	u32 used;
	u32 *bitmap; /* one bit a page, set: in use */
};

extern struct page_pool mem_pool, remap_pool;

/** Describe a pool; bitmap has room for all pages and is all zero. */
void page_pool_init(struct page_pool *pool, u64 base, u32 pages, u32 *bitmap);

/**
 * Take count > 0 contiguous pages whose address is a multiple of align pages (a power of two).
 * Returns the address of the first, 0 if there is no such room. Management lock held, or single CPU.
 */
u64 page_pool_take(struct page_pool *pool, u32 count, u32 align);

/** Give back what page_pool_take returned. */
void page_pool_give(struct page_pool *pool, u64 address, u32 count);

static inline u32 page_pool_free(const struct page_pool *pool)
{
	return pool->pages - pool->used;
}

/** Take count zeroed pages of memory; NULL if there are none. */
void *page_alloc(u32 count);

/** The same, aligned to count (a power of two) pages of physical address. */
void *page_alloc_aligned(u32 count);

/** Give back pages; nothing of them leaks, as page_alloc() clears what it takes. */
void page_free(void *pages, u32 count);

#endif
