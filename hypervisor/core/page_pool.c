// SPDX-License-Identifier: GPL-2.0-only
#include <page_pool.h>
#include <string.h>

struct page_pool mem_pool, remap_pool;

void page_pool_init(struct page_pool *pool, u64 base, u32 pages, u32 *bitmap)
{
	*pool = (struct page_pool){ .base = base, .pages = pages, .bitmap = bitmap };
}

/** Number of free pages from start on, counted up to limit. */
static u32 free_run(const struct page_pool *pool, u32 start, u32 limit)
{
	u32 n = 0;

	while (n < limit && !bit_test(pool->bitmap, start + n))
		n++;
	return n;
}

u64 page_pool_take(struct page_pool *pool, u32 count, u32 align)
{
	/* Alignment is of the address, not of the index. */
	u32 skew = (pool->base >> PAGE_SHIFT) & (align - 1);
	u32 start = (align - skew) & (align - 1);

	if (count > page_pool_free(pool))
		return 0;
	for (; start <= pool->pages && count <= pool->pages - start; start += align) {
		if (align == 1 && start % 32 == 0 && pool->bitmap[start / 32] == ~0U) {
			start += 31;
			continue;
		}
		if (free_run(pool, start, count) < count)
			continue;
		for (u32 n = 0; n < count; n++)
			bit_set(pool->bitmap, start + n);
		pool->used += count;
		return pool->base + ((u64)start << PAGE_SHIFT);
	}
	return 0;
}

void page_pool_give(struct page_pool *pool, u64 address, u32 count)
{
	u32 start = (address - pool->base) >> PAGE_SHIFT;

	for (u32 n = 0; n < count; n++)
		bit_clear(pool->bitmap, start + n);
	pool->used -= count;
}

/* Pages of the pool hold what an earlier core or owner left: cleared when taken. */
static void *clear_pages(u64 address, u32 count)
{
	void *pages = (void *)(uintptr_t)address;

	return pages ? memset(pages, 0, count * PAGE_SIZE) : NULL;
}

void *page_alloc(u32 count)
{
	return clear_pages(page_pool_take(&mem_pool, count, 1), count);
}

void *page_alloc_aligned(u32 count)
{
	return clear_pages(page_pool_take(&mem_pool, count, count), count);
}

void page_free(void *pages, u32 count)
{
	page_pool_give(&mem_pool, (uintptr_t)pages, count);
}
