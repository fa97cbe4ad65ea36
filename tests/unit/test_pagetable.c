// SPDX-License-Identifier: GPL-2.0-only
/* core/pagetable.c and page_pool.c, with the entries that the hardware knows. */
#include "unit.h"
#include <page_pool.h>
#include <pagetable.h>
#include <paging.h>

#define ATTR_A (S2_NORMAL_WB | S2_READ | S2_WRITE | PTE_AF | PTE_SH_INNER)
#define ATTR_B (S2_DEVICE_nGnRE | S2_READ | PTE_AF | PTE_XN)

/* --- the pool ------------------------------------------------------------------------------- */

static void pool_gives_each_page_once(void **state)
{
	u8 *page, *pages[100];

	reset_pool(100);
	for (u32 n = 0; n < 100; n++) {
		pages[n] = page_alloc(1);
		assert_non_null(pages[n]);
		assert_int_equal((uintptr_t)pages[n] & ~PAGE_MASK, 0);
		for (u32 other = 0; other < n; other++)
			assert_ptr_not_equal(pages[n], pages[other]);
	}
	assert_null(page_alloc(1));
	assert_int_equal(page_pool_free(&mem_pool), 0);
	page_free(pages[37], 1);
	page = page_alloc(1);
	assert_ptr_equal(page, pages[37]);
	assert_null(page_alloc(1));
}

static void pool_contiguous(void **state)
{
	u8 *first, *second, *third;

	reset_pool(70);
	first = page_alloc(30);
	second = page_alloc(10);
	third = page_alloc(30);
	assert_ptr_equal(second, first + 30 * PAGE_SIZE);
	assert_ptr_equal(third, second + 10 * PAGE_SIZE);
	page_free(first, 30);
	page_free(third, 30);
	/* 60 pages are free, but 31 in a row are not. */
	assert_int_equal(page_pool_free(&mem_pool), 60);
	assert_null(page_alloc(31));
	assert_int_equal(mem_pool.used, 10);
	page_free(second, 10);
	assert_ptr_equal(page_alloc(70), first);
	assert_null(page_alloc(1));
}

static void pool_aligned(void **state)
{
	for (u32 count = 1; count <= 16; count *= 2) {
		reset_pool(64);
		/* An odd base: alignment is of the address. */
		page_pool_init(&mem_pool, mem_pool.base + PAGE_SIZE, 63, mem_pool.bitmap);
		page_alloc(1);
		for (u8 *pages; (pages = page_alloc_aligned(count)) != NULL;) {
			assert_int_equal((uintptr_t)pages % (count * PAGE_SIZE), 0);
			assert_true((uintptr_t)pages + count * PAGE_SIZE <=
				    mem_pool.base + 63 * PAGE_SIZE);
		}
		assert_true(page_pool_free(&mem_pool) < 2 * count);
	}
}

static void pool_clears(void **state)
{
	u8 *pages;

	reset_pool(4);
	pages = page_alloc(2);
	memset(pages, 0xff, 2 * PAGE_SIZE);
	page_free(pages, 2);
	assert_ptr_equal(page_alloc(2), pages);
	for (u32 n = 0; n < 2 * PAGE_SIZE; n++)
		assert_int_equal(pages[n], 0);
}

static void pool_random(void **state)
{
	static u8 *taken[64];
	static u32 counts[64];
	u32 used = 0;

	reset_pool(333);
	memset(taken, 0, sizeof(taken));
	for (u32 round = 0; round < 5000; round++) {
		u32 n = random_below(64);

		if (taken[n]) {
			for (u32 page = 0; page < counts[n]; page++)
				assert_int_equal(taken[n][page * PAGE_SIZE], n + 1);
			page_free(taken[n], counts[n]);
			taken[n] = NULL;
			used -= counts[n];
		} else {
			counts[n] = 1 + random_below(10);
			taken[n] = page_alloc(counts[n]);
			if (!taken[n])
				continue;
			for (u32 page = 0; page < counts[n]; page++) {
				assert_int_equal(taken[n][page * PAGE_SIZE], 0);
				taken[n][page * PAGE_SIZE] = n + 1;
			}
			used += counts[n];
		}
		assert_int_equal(mem_pool.used, used);
	}
}

/* --- what the tests see in a table ---------------------------------------------------------- */

/** The level whose leaf maps virt, 4 if it is unmapped. By the format's description, not by the core's walker. */
static u32 leaf_level_of(const struct page_table *pt, u64 virt)
{
	const pte_t *table = pt->root;
	u64 index;
	pte_t entry;

	for (u32 level = pt->top_level; level <= 3; level++) {
		index = virt >> (39 - 9 * level);
		if (level != pt->top_level)
			index &= 511;
		entry = table[index];
		if (!(entry & 1))
			return 4;
		if (level == 3 || !(entry & 2))
			return level;
		table = phys_to_hv(entry & 0xfffffffff000);
	}
	return 4;
}

static void assert_mapped(const struct page_table *pt, u64 virt, u64 phys, pte_t attributes,
			  u32 level)
{
	pte_t found = 0;

	assert_int_equal(pt_lookup(pt, virt, &found), phys);
	assert_int_equal(found, attributes);
	assert_int_equal(leaf_level_of(pt, virt), level);
}

static void assert_unmapped(const struct page_table *pt, u64 virt)
{
	pte_t found;

	assert_true(pt_lookup(pt, virt, &found) == INVALID_PHYS);
}

static struct page_table make_table(u32 top_level, u32 root_pages)
{
	struct page_table pt;

	reset_pool(POOL_PAGES);
	assert_int_equal(pt_init(&pt, top_level, root_pages, 7), 0);
	assert_int_equal(mem_pool.used, root_pages);
	assert_int_equal((uintptr_t)pt.root % (root_pages * PAGE_SIZE), 0);
	assert_int_equal(pt.tag, 7);
	return pt;
}

static void destroy_table(struct page_table *pt)
{
	pt_destroy(pt);
	assert_null(pt->root);
	assert_int_equal(mem_pool.used, 0);
}

/* The bits that hardware looks at (DDI 0487, D8.3): type, address, AF. */
static void entries_are_what_hardware_reads(void **state)
{
	struct page_table pt = make_table(1, 1);
	pte_t *l2, *l3;

	pt_map(&pt, 0x40000000, 0x80000000, SZ_1G, ATTR_A);
	assert_int_equal(pt.root[1], 0x80000000 | 1 | 1 << 10 | 3 << 8 | 1 << 7 | 1 << 6 | 15 << 2);
	pt_map(&pt, 0x200000, 0x600000, SZ_2M, ATTR_A);
	assert_int_equal(pt.root[0] & 3, 3);
	l2 = phys_to_hv(pt.root[0] & 0xfffffffff000);
	assert_int_equal(l2[1] & 0xfffffffff003, 0x600001);
	pt_map(&pt, 0x1000, 0x5000, PAGE_SIZE, ATTR_B);
	l3 = phys_to_hv(l2[0] & 0xfffffffff000);
	assert_int_equal(l3[1], 0x5000 | 3 | 1ULL << 54 | 1 << 10 | 1 << 6 | 1 << 2);
	assert_int_equal(l3[0], 0);
	destroy_table(&pt);
}

/* --- page sizes ----------------------------------------------------------------------------- */

static void large_pages_by_alignment(void **state)
{
	static const struct {
		u64 virt, phys, size;
		pte_t attributes;
		u32 first_level, last_level;
	} cases[] = {
		{ 0x40000000, 0x40000000, SZ_1G, ATTR_A, 1, 1 },
		{ 0x40000000, 0x40000000, 2 * SZ_1G, ATTR_A, 1, 1 },
		{ 0x40000000, 0x40200000, SZ_1G, ATTR_A, 2, 2 }, /* aligned to 2 MiB only */
		{ 0x40000000, 0x40001000, SZ_2M, ATTR_A, 3, 3 },
		{ 0x40000000, 0x80000000, SZ_2M, ATTR_A, 2, 2 },
		{ 0x40000000, 0x80000000, SZ_2M - PAGE_SIZE, ATTR_A, 3, 3 },
		{ 0x40001000, 0x80001000, SZ_2M, ATTR_A, 3, 3 },
		{ 0x40000000, 0x80000000, SZ_2M + PAGE_SIZE, ATTR_A, 2, 3 },
		{ 0x40000000, 0x80000000, SZ_1G + SZ_2M, ATTR_A, 1, 2 },
		{ 0x401ff000, 0x801ff000, SZ_2M + PAGE_SIZE, ATTR_A, 3, 2 },
		{ 0x3fe00000, 0x3fe00000, SZ_1G + SZ_2M, ATTR_A, 2, 1 },
		{ 0x40000000, 0x40000000, SZ_2M, ATTR_A | PTE_NO_HUGE, 3, 3 },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct page_table pt = make_table(n % 2, 1);
		u64 virt = cases[n].virt, phys = cases[n].phys, last = cases[n].size - 1;

		assert_int_equal(pt_map(&pt, virt, phys, cases[n].size, cases[n].attributes), 0);
		assert_mapped(&pt, virt, phys, cases[n].attributes, cases[n].first_level);
		assert_mapped(&pt, virt + last, phys + last, cases[n].attributes,
			      cases[n].last_level);
		assert_unmapped(&pt, virt - 1);
		assert_unmapped(&pt, virt + cases[n].size);
		destroy_table(&pt);
	}
}

static void no_huge_pages(void **state)
{
	struct page_table pt = make_table(1, 1);

	/* Over a large page, too, and with both ends in one. */
	pt_map(&pt, 0x40000000, 0x40000000, SZ_1G, ATTR_A);
	pt_map(&pt, 0x40200000, 0x40200000, 2 * SZ_2M, ATTR_A | PTE_NO_HUGE);
	for (u64 virt = 0x40200000; virt < 0x40600000; virt += PAGE_SIZE)
		assert_mapped(&pt, virt, virt, ATTR_A | PTE_NO_HUGE, 3);
	assert_mapped(&pt, 0x401fffff, 0x401fffff, ATTR_A, 2);
	assert_mapped(&pt, 0x40600000, 0x40600000, ATTR_A, 2);
	destroy_table(&pt);
}

static void split_at_both_ends(void **state)
{
	struct page_table pt = make_table(1, 1);
	u32 whole;

	pt_map(&pt, 0x40000000, 0x80000000, SZ_1G, ATTR_A);
	whole = mem_pool.used;
	assert_int_equal(pt_unmap(&pt, 0x401ff000, 0x402000), 0);
	assert_mapped(&pt, 0x40000000, 0x80000000, ATTR_A, 3);
	assert_mapped(&pt, 0x401fefff, 0x801fefff, ATTR_A, 3);
	for (u64 virt = 0x401ff000; virt < 0x40601000; virt += PAGE_SIZE)
		assert_unmapped(&pt, virt);
	assert_mapped(&pt, 0x40601000, 0x80601000, ATTR_A, 3);
	assert_mapped(&pt, 0x407fffff, 0x807fffff, ATTR_A, 3);
	assert_mapped(&pt, 0x40800000, 0x80800000, ATTR_A, 2);
	assert_mapped(&pt, 0x7fffffff, 0xbfffffff, ATTR_A, 2);
	/* One table of 2 MiB pages, two of 4 KiB pages. */
	assert_int_equal(mem_pool.used, whole + 3);

	assert_int_equal(pt_map(&pt, 0x401ff000, 0x801ff000, 0x402000, ATTR_A), 0);
	assert_mapped(&pt, 0x401ff000, 0x801ff000, ATTR_A, 1);
	assert_int_equal(mem_pool.used, whole);
	destroy_table(&pt);
}

static void merge_only_what_is_alike(void **state)
{
	static const u32 indices[] = { 0, 1, 2, 5, 510, 511 };
	static const struct {
		u64 skew;
		pte_t attributes;
		bool merged;
	} cases[] = {
		{ 0, ATTR_A, true },
		{ 0, ATTR_B, false },
		{ PAGE_SIZE, ATTR_A, false },
		{ 0, ATTR_A | PTE_NO_HUGE, false },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases) * ARRAY_SIZE(indices); n++) {
		u64 skew = cases[n % 4].skew, offset = indices[n / 4] * PAGE_SIZE;
		pte_t attributes = cases[n % 4].attributes;
		u32 level = cases[n % 4].merged ? 2 : 3;
		struct page_table pt = make_table(1, 1);

		pt_map(&pt, 0x40000000, 0x80000000, SZ_2M, ATTR_A);
		pt_unmap(&pt, 0x40000000 + offset, PAGE_SIZE);
		assert_int_equal(leaf_level_of(&pt, 0x40000000 + (offset ^ PAGE_SIZE)), 3);
		pt_map(&pt, 0x40000000 + offset, 0x80000000 + offset + skew, PAGE_SIZE, attributes);
		assert_mapped(&pt, 0x40000000 + offset, 0x80000000 + offset + skew, attributes,
			      level);
		assert_int_equal(leaf_level_of(&pt, 0x40000000 + (offset ^ PAGE_SIZE)), level);
		destroy_table(&pt);
	}
}

/** Hardware that is translating must see an entry invalid, and its cached copies gone, before another one. */
static void break_before_make(void **state)
{
	struct page_table pt = make_table(1, 1);
	u32 before;

	pt_map(&pt, 0x40000000, 0x80000000, SZ_2M, ATTR_A);
	before = hardware.tlb_flushes;
	pt_map(&pt, 0x40000000, 0x80000000, SZ_2M, ATTR_A);
	assert_int_equal(hardware.tlb_flushes, before); /* nothing changed */
	pt_map(&pt, 0x80000000, 0x80000000, SZ_2M, ATTR_A);
	assert_int_equal(hardware.tlb_flushes, before); /* there was nothing */
	pt_map(&pt, 0x40000000, 0x90000000, SZ_2M, ATTR_A);
	assert_int_equal(hardware.tlb_flushes, before + 1);
	pt_unmap(&pt, 0x40001000, PAGE_SIZE);
	assert_true(hardware.tlb_flushes >= before + 3); /* split, unmap */
	destroy_table(&pt);
}

static void replace_tables_by_a_large_page(void **state)
{
	struct page_table pt = make_table(0, 1);
	u32 empty;

	assert_int_equal(pt_map(&pt, 0, 0, SZ_1G, ATTR_A), 0);
	empty = mem_pool.used;
	pt_unmap(&pt, 0, SZ_1G);
	assert_int_equal(mem_pool.used, 1);
	for (u64 virt = 0; virt < SZ_1G; virt += SZ_1G / 8)
		pt_map(&pt, virt, virt, PAGE_SIZE, ATTR_B);
	assert_true(mem_pool.used > empty + 8);
	pt_map(&pt, 0, 0, SZ_1G, ATTR_A);
	assert_int_equal(mem_pool.used, empty);
	assert_mapped(&pt, 0x10000000, 0x10000000, ATTR_A, 1);
	destroy_table(&pt);
}

/* --- shapes --------------------------------------------------------------------------------- */

static const struct {
	u32 top_level, root_pages;
} shapes[] = { { 0, 1 }, { 0, 2 },  { 1, 1 }, { 1, 2 }, { 1, 4 },
	       { 1, 8 }, { 1, 16 }, { 2, 1 }, { 2, 4 }, { 2, 16 } };

static void coverage(void **state)
{
	for (u32 n = 0; n < ARRAY_SIZE(shapes); n++) {
		struct page_table pt = make_table(shapes[n].top_level, shapes[n].root_pages);
		u64 limit = shapes[n].root_pages * (1ULL << (48 - 9 * shapes[n].top_level));

		assert_true(pt_covers(&pt, 0, limit));
		assert_true(pt_covers(&pt, limit - 1, 1));
		assert_false(pt_covers(&pt, limit, 1));
		assert_false(pt_covers(&pt, limit - 1, 2));
		assert_false(pt_covers(&pt, 0, limit + 1));
		assert_false(pt_covers(&pt, ~0ULL, 2));
		assert_false(pt_covers(&pt, PAGE_SIZE, ~0ULL));
		assert_unmapped(&pt, limit);
		assert_unmapped(&pt, ~0ULL);

		assert_int_equal(pt_map(&pt, limit - SZ_2M, 0x40000000, SZ_2M, ATTR_A), 0);
		assert_mapped(&pt, limit - 1, 0x401fffff, ATTR_A, 2);
		assert_int_equal(pt_map(&pt, 0, 0x50000000, PAGE_SIZE, ATTR_B), 0);
		assert_mapped(&pt, 0, 0x50000000, ATTR_B, 3);
		assert_unmapped(&pt, limit - SZ_2M - 1);
		/* Across the border of concatenated root pages. */
		if (shapes[n].root_pages > 1) {
			u64 border = limit / shapes[n].root_pages;

			assert_int_equal(pt_map(&pt, border - SZ_2M, 0x7fe00000, 2 * SZ_2M, ATTR_A),
					 0);
			assert_mapped(&pt, border - 1, 0x7fffffff, ATTR_A, 2);
			assert_mapped(&pt, border, 0x80000000, ATTR_A, 2);
			assert_int_equal(pt_unmap(&pt, border - PAGE_SIZE, 2 * PAGE_SIZE), 0);
			assert_unmapped(&pt, border);
			assert_mapped(&pt, border + PAGE_SIZE, 0x80001000, ATTR_A, 3);
			assert_int_equal(pt_unmap(&pt, border - SZ_2M, 2 * SZ_2M), 0);
		}
		assert_int_equal(pt_unmap(&pt, limit - SZ_2M, SZ_2M), 0);
		assert_int_equal(pt_unmap(&pt, 0, PAGE_SIZE), 0);
		assert_int_equal(mem_pool.used, shapes[n].root_pages);
		destroy_table(&pt);
	}
}

static void no_root(void **state)
{
	struct page_table pt;

	reset_pool(3);
	assert_int_equal(pt_init(&pt, 1, 4, 1), -ENOMEM);
	assert_null(pt.root);
	pt_destroy(&pt);
	assert_int_equal(mem_pool.used, 0);
}

/* --- against a model ------------------------------------------------------------------------ */

/* A window of pages around a border of 1 GiB, so that all levels take part; the model: what each page maps to. */
#define WINDOW       4096
#define WINDOW_START (SZ_1G - WINDOW / 2 * PAGE_SIZE)
#define PHYS_START   (4 * SZ_1G - WINDOW / 2 * PAGE_SIZE)

static struct {
	u64 phys; /* 0: unmapped */
	pte_t attributes;
} model[WINDOW];

struct change {
	u32 first, pages;
	u64 phys; /* 0: unmap */
	pte_t attributes;
};

static u32 random_page(void)
{
	/* Often at the borders of large pages. */
	return random_below(3) ? random_below(WINDOW) : random_below(WINDOW / 512) * 512;
}

static struct change random_change(void)
{
	static const pte_t attributes[] = { ATTR_A, ATTR_A, ATTR_A, ATTR_B, ATTR_A | PTE_NO_HUGE };
	static const u64 skews[] = { 0, 0, 0, PAGE_SIZE, SZ_2M };
	struct change change = { .first = random_page() };

	change.pages = random_below(4) == 0 ? WINDOW : 1 + random_below(1 << random_below(12));
	if (change.pages > WINDOW - change.first)
		change.pages = WINDOW - change.first;
	if (random_below(3)) {
		change.phys = PHYS_START + change.first * PAGE_SIZE + skews[random_below(5)];
		change.attributes = attributes[random_below(5)];
	}
	return change;
}

static int apply(struct page_table *pt, const struct change *change)
{
	u64 virt = WINDOW_START + change->first * PAGE_SIZE, size = change->pages * PAGE_SIZE;

	return change->phys ? pt_map(pt, virt, change->phys, size, change->attributes) :
			      pt_unmap(pt, virt, size);
}

static void apply_to_model(const struct change *change)
{
	for (u32 n = 0; n < change->pages; n++) {
		model[change->first + n].phys = change->phys ? change->phys + n * PAGE_SIZE : 0;
		model[change->first + n].attributes = change->attributes;
	}
}

static u32 pages_needed(const struct page_table *pt, const struct change *change)
{
	u64 virt = WINDOW_START + change->first * PAGE_SIZE;

	return pt_pages_needed(pt, virt, change->phys ? change->phys : virt,
			       change->pages * PAGE_SIZE, !(change->attributes & PTE_NO_HUGE));
}

static bool in_change(const struct change *change, u32 page)
{
	return page >= change->first && page - change->first < change->pages;
}

/** All pages are as the model says, but those of a change that did not succeed. */
static void compare_with_model(const struct page_table *pt, const struct change *failed)
{
	pte_t attributes;
	u64 phys;

	for (u32 n = 0; n < WINDOW; n++) {
		if (failed && in_change(failed, n))
			continue;
		phys = pt_lookup(pt, WINDOW_START + n * PAGE_SIZE, &attributes);
		if (phys == (model[n].phys ? model[n].phys : INVALID_PHYS) &&
		    (!model[n].phys || attributes == model[n].attributes))
			continue;
		fail_msg("page %u: 0x%llx, model 0x%llx", n, phys, model[n].phys);
	}
	assert_unmapped(pt, WINDOW_START - 1);
	assert_unmapped(pt, WINDOW_START + WINDOW * PAGE_SIZE);
}

static void random_changes(struct page_table *pt, u32 rounds)
{
	struct change change;

	memset(model, 0, sizeof(model));
	for (u32 round = 0; round < rounds; round++) {
		change = random_change();
		assert_int_equal(apply(pt, &change), 0);
		apply_to_model(&change);
		if (round % 8 == 0)
			compare_with_model(pt, NULL);
	}
	compare_with_model(pt, NULL);
}

static void random_against_model(void **state)
{
	for (u32 n = 0; n < ARRAY_SIZE(shapes); n++) {
		struct page_table pt = make_table(shapes[n].top_level, shapes[n].root_pages);

		if (!pt_covers(&pt, WINDOW_START, WINDOW * PAGE_SIZE))
			continue;
		random_changes(&pt, 400);
		pt_unmap(&pt, WINDOW_START, WINDOW * PAGE_SIZE);
		assert_int_equal(mem_pool.used, shapes[n].root_pages);
		destroy_table(&pt);
	}
}

/** However the same state came about, it takes the same pages: what create takes, destroy gives back. */
static void random_holes_come_back(void **state)
{
	struct page_table pt = make_table(1, 1);
	u32 whole, first, pages;

	pt_map(&pt, SZ_1G, SZ_1G, 2 * SZ_1G - 5 * PAGE_SIZE, ATTR_A);
	whole = mem_pool.used;
	for (u32 round = 0; round < 300; round++) {
		pages = 1 + random_below(1 << random_below(19));
		first = random_below(2 * SZ_1G / PAGE_SIZE - 5 - pages);
		pt_unmap(&pt, SZ_1G + first * PAGE_SIZE, pages * PAGE_SIZE);
		pt_map(&pt, SZ_1G + first * PAGE_SIZE, SZ_1G + first * PAGE_SIZE, pages * PAGE_SIZE,
		       ATTR_A);
		assert_int_equal(mem_pool.used, whole);
		assert_mapped(&pt, SZ_1G, SZ_1G, ATTR_A, 1);
	}
	destroy_table(&pt);
}

/** Leave just so many pages in the pool. */
static u32 hide_pages(u32 left)
{
	u32 hidden = page_pool_free(&mem_pool) - left;

	mem_pool.used += hidden;
	return hidden;
}

static void needed_pages_suffice(void **state)
{
	for (u32 n = 0; n < ARRAY_SIZE(shapes); n++) {
		struct page_table pt = make_table(shapes[n].top_level, shapes[n].root_pages);
		struct change change;
		u32 needed, hidden;

		if (!pt_covers(&pt, WINDOW_START, WINDOW * PAGE_SIZE))
			continue;
		memset(model, 0, sizeof(model));
		for (u32 round = 0; round < 1500; round++) {
			change = random_change();
			needed = pages_needed(&pt, &change);
			assert_true(needed <= page_pool_free(&mem_pool));
			hidden = hide_pages(needed);
			if (apply(&pt, &change))
				fail_msg(
					"%s of %u pages at %u, skew 0x%llx: %u tables do not suffice",
					change.phys ? "map" : "unmap", change.pages, change.first,
					change.phys - PHYS_START - change.first * PAGE_SIZE,
					needed);
			mem_pool.used -= hidden;
			apply_to_model(&change);
		}
		compare_with_model(&pt, NULL);
		destroy_table(&pt);
	}
}

static void needed_pages_of_large_ranges(void **state)
{
	static const struct {
		u64 virt, phys, size;
	} cases[] = {
		{ 0x40000000, 0x40000000, 8 * SZ_1G },
		{ 0x40000000, 0x40200000, 8 * SZ_1G }, /* 2 MiB pages, over many tables */
		{ 0x40001000, 0x40001000, 8 * SZ_1G },
		{ 0x40000000, 0x40001000, 128 * SZ_2M }, /* 4 KiB pages */
		{ 0x3ffff000, 0x3ffff000, 2 * PAGE_SIZE },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct page_table pt = make_table(n % 2, 1);
		u32 needed =
			pt_pages_needed(&pt, cases[n].virt, cases[n].phys, cases[n].size, true);
		u32 before = mem_pool.used;

		assert_true(needed <= page_pool_free(&mem_pool));
		hide_pages(needed);
		assert_int_equal(pt_map(&pt, cases[n].virt, cases[n].phys, cases[n].size, ATTR_A),
				 0);
		/* A bound that is far off would refuse cells for nothing. */
		assert_true(needed <= 200 || needed / 2 <= mem_pool.used - before);
		mem_pool.used = 0;
	}
}

static void out_of_memory(void **state)
{
	u32 failures = 0;

	for (u32 limit = 0; limit < 8; limit++) {
		struct page_table pt = make_table(0, 1);
		struct change change;
		u32 hidden;
		int err;

		memset(model, 0, sizeof(model));
		for (u32 round = 0; round < 200; round++) {
			change = random_change();
			hidden = hide_pages(limit);
			err = apply(&pt, &change);
			mem_pool.used -= hidden;
			assert_true(err == 0 || err == -ENOMEM);
			if (err) {
				failures++;
				compare_with_model(&pt, &change);
				assert_int_equal(apply(&pt, &change), 0);
			}
			apply_to_model(&change);
			compare_with_model(&pt, NULL);
		}
		destroy_table(&pt);
	}
	assert_true(failures > 100);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(pool_gives_each_page_once),
		rule_test(pool_contiguous),
		rule_test(pool_aligned),
		rule_test(pool_clears),
		rule_test(pool_random),
		rule_test(entries_are_what_hardware_reads),
		rule_test(large_pages_by_alignment),
		rule_test(no_huge_pages),
		rule_test(split_at_both_ends),
		rule_test(merge_only_what_is_alike),
		rule_test(break_before_make),
		rule_test(replace_tables_by_a_large_page),
		rule_test(coverage),
		rule_test(no_root),
		rule_test(random_against_model),
		rule_test(random_holes_come_back),
		rule_test(needed_pages_suffice),
		rule_test(needed_pages_of_large_ranges),
		rule_test(out_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
