// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page table walker for four-level tables of 512 entries (x86, Arm with 4 KiB granule).
 *
 *   virtual address   47    39 38    30 29    21 20    12 11       0
 *                    +--------+--------+--------+--------+----------+
 *                    | level 0| level 1| level 2| level 3|  offset  |
 *                    +--------+--------+--------+--------+----------+
 *
 * A root may be of level 0 to 2, and several pages long (its index then has more bits).
 */
#include <arch.h>
#include <errno.h>
#include <page_pool.h>
#include <pagetable.h>
#include <paging.h>

static u32 level_shift(u32 level)
{
	return PAGE_SHIFT + 9 * (PT_LAST_LEVEL - level);
}

static pte_t *table_of(pte_t entry)
{
	return phys_to_hv(pte_address(entry));
}

static pte_t *entry_at(const struct page_table *pt, pte_t *table, u32 level, u64 virt)
{
	u64 index = virt >> level_shift(level);

	return &table[level == pt->top_level ? index : index % PT_ENTRIES];
}

bool pt_covers(const struct page_table *pt, u64 virt, u64 size)
{
	u64 limit = pt->root_pages * PT_ENTRIES * pt_entry_size(pt->top_level);

	return size && virt < limit && size <= limit - virt;
}

int pt_init(struct page_table *pt, u32 top_level, u32 root_pages, u16 tag)
{
	*pt = (struct page_table){ page_alloc_aligned(root_pages), top_level, root_pages, tag };
	return pt->root ? 0 : -ENOMEM;
}

static void free_tables(pte_t *table, u32 level, u32 entries)
{
	for (u32 n = 0; level < PT_LAST_LEVEL && n < entries; n++)
		if (pte_is_table(table[n], level)) {
			free_tables(table_of(table[n]), level + 1, PT_ENTRIES);
			page_free(table_of(table[n]), 1);
		}
}

void pt_destroy(struct page_table *pt)
{
	if (!pt->root)
		return;
	free_tables(pt->root, pt->top_level, pt->root_pages * PT_ENTRIES);
	page_free(pt->root, pt->root_pages);
	pt->root = NULL;
}

/** Change a live entry. */
static void replace_entry(const struct page_table *pt, pte_t *entry, pte_t value)
{
	if (PT_BREAK_BEFORE_MAKE && pte_is_valid(*entry)) {
		pte_write(entry, 0);
		arch_tlb_flush(pt);
	}
	pte_write(entry, value);
}

/** The table below entry, made if necessary: empty, or with what a larger page mapped. NULL: no page is left. */
static pte_t *descend(const struct page_table *pt, pte_t *entry, u32 level)
{
	pte_t old = *entry, *table;

	if (pte_is_table(old, level))
		return table_of(old);
	table = page_alloc(1);
	if (!table)
		return NULL;
	if (pte_is_valid(old))
		for (u32 n = 0; n < PT_ENTRIES; n++)
			table[n] = pte_leaf(pte_address(old) + n * pt_entry_size(level + 1),
					    pte_attributes(old, level), level + 1);
	replace_entry(pt, entry, pte_table(hv_to_phys(table), level));
	return table;
}

/** Path from the root to an entry: entry[level] for every level from the root's on. */
struct path {
	pte_t *entry[PT_LAST_LEVEL + 1];
};

/** Walk to the entry of that level, making tables; -ENOMEM. */
static int walk(const struct page_table *pt, u64 virt, u32 target, struct path *path)
{
	pte_t *table = pt->root;

	for (u32 level = pt->top_level; level < target; level++) {
		path->entry[level] = entry_at(pt, table, level, virt);
		table = descend(pt, path->entry[level], level);
		if (!table)
			return -ENOMEM;
	}
	path->entry[target] = entry_at(pt, table, target, virt);
	return 0;
}

/** Highest level (largest page) whose entry can map the start of the range. */
static u32 leaf_level(const struct page_table *pt, u64 virt, u64 phys, u64 size, bool huge)
{
	u32 level = MAX(pt->top_level, PT_FIRST_LEAF_LEVEL);

	while (level < PT_LAST_LEVEL && (!huge || ((virt | phys) & (pt_entry_size(level) - 1)) ||
					 size < pt_entry_size(level)))
		level++;
	return level;
}

/** Set an entry, and free the tables that were below it. */
static void set_entry(const struct page_table *pt, pte_t *entry, u32 level, pte_t value)
{
	pte_t old = *entry;

	if (old == value)
		return;
	replace_entry(pt, entry, value);
	if (pte_is_table(old, level)) {
		/* Nobody walks a table any more that is another's next. */
		if (!PT_BREAK_BEFORE_MAKE)
			arch_tlb_flush(pt);
		free_tables(table_of(old), level + 1, PT_ENTRIES);
		page_free(table_of(old), 1);
	}
}

/** Does the table map one contiguous, aligned stretch with like attributes that allow a larger page? */
static bool is_mergeable(const pte_t *table, u32 level)
{
	u64 size = pt_entry_size(level);
	pte_t first = table[0];

	if (!pte_is_leaf(first, level) || (first & PTE_NO_HUGE) ||
	    (pte_address(first) & (size * PT_ENTRIES - 1)))
		return false;
	for (u32 n = 1; n < PT_ENTRIES; n++)
		if (table[n] != first + n * size)
			return false;
	return true;
}

/** Replace full tables on the way up from level by larger pages. */
static void merge_upwards(const struct page_table *pt, const struct path *path, u32 level)
{
	for (; level > MAX(pt->top_level, PT_FIRST_LEAF_LEVEL); level--) {
		pte_t *parent = path->entry[level - 1], *table = table_of(*parent);

		if (!is_mergeable(table, level))
			return;
		set_entry(pt, parent, level - 1,
			  pte_leaf(pte_address(table[0]), pte_attributes(table[0], level),
				   level - 1));
	}
}

static bool is_empty(const pte_t *table)
{
	for (u32 n = 0; n < PT_ENTRIES; n++)
		if (pte_is_valid(table[n]))
			return false;
	return true;
}

static void prune_upwards(const struct page_table *pt, const struct path *path, u32 level)
{
	for (; level > pt->top_level; level--) {
		pte_t *parent = path->entry[level - 1];

		if (!is_empty(table_of(*parent)))
			return;
		set_entry(pt, parent, level - 1, 0);
	}
}

/** True if the entry that was just set is the last one of its table, or of the range. */
static bool table_done(u64 virt, u64 left, u32 level)
{
	return left == pt_entry_size(level) ||
	       (virt >> level_shift(level)) % PT_ENTRIES == PT_ENTRIES - 1;
}

int pt_map(struct page_table *pt, u64 virt, u64 phys, u64 size, pte_t attributes)
{
	struct path path;
	u64 step;
	u32 level;

	for (; size; virt += step, phys += step, size -= step) {
		level = leaf_level(pt, virt, phys, size, !(attributes & PTE_NO_HUGE));
		step = pt_entry_size(level);
		if (walk(pt, virt, level, &path))
			return -ENOMEM;
		set_entry(pt, path.entry[level], level, pte_leaf(phys, attributes, level));
		if (table_done(virt, size, level))
			merge_upwards(pt, &path, level);
	}
	return 0;
}

int pt_unmap(struct page_table *pt, u64 virt, u64 size)
{
	struct path path;
	u64 step;
	u32 level;

	for (; size; virt += step, size -= step) {
		level = leaf_level(pt, virt, 0, size, true);
		step = pt_entry_size(level);
		if (walk(pt, virt, level, &path))
			return -ENOMEM;
		set_entry(pt, path.entry[level], level, 0);
		if (table_done(virt, size, level))
			prune_upwards(pt, &path, level);
	}
	return 0;
}

u32 pt_pages_needed(const struct page_table *pt, u64 virt, u64 phys, u64 size, bool huge)
{
	u32 pages = 0;
	u64 span;

	/* On each level below the root: the tables that the range touches; with large pages only those at its ends. */
	for (u32 level = pt->top_level; level < PT_LAST_LEVEL; level++) {
		span = ((virt + size - 1) >> level_shift(level)) - (virt >> level_shift(level)) + 1;
		if (huge && level >= PT_FIRST_LEAF_LEVEL &&
		    !((virt ^ phys) & (pt_entry_size(level) - 1)))
			span = MIN(span, 2);
		pages += span;
	}
	return pages;
}

u64 pt_lookup(const struct page_table *pt, u64 virt, pte_t *attributes)
{
	pte_t *table = pt->root, entry;

	if (!pt_covers(pt, virt, 1))
		return INVALID_PHYS;
	for (u32 level = pt->top_level;; level++) {
		entry = *entry_at(pt, table, level, virt);
		if (!pte_is_valid(entry))
			return INVALID_PHYS;
		if (pte_is_leaf(entry, level)) {
			*attributes = pte_attributes(entry, level);
			return pte_address(entry) | (virt & (pt_entry_size(level) - 1));
		}
		table = table_of(entry);
	}
}
