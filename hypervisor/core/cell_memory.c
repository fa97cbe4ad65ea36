// SPDX-License-Identifier: GPL-2.0-only
#include <arch.h>
#include <cell_memory.h>
#include <ownership.h>
#include <paging.h>

static int map_region(struct cell *cell, const struct jailhouse_memory *mem)
{
	u64 phys = mem->phys_start;

	/* Guarded regions are not mapped: every access is dispatched. */
	if (!mem->size || mem_is_subpage(mem))
		return 0;
	if (mem->flags & JAILHOUSE_MEM_COMM_REGION)
		phys = hv_to_phys(cell->comm);
	return pt_map(&cell->memory, mem->virt_start, phys, mem->size,
		      arch_cell_attributes(mem->flags));
}

int cell_memory_map(struct cell *cell)
{
	const struct jailhouse_memory *mem;
	int err = 0;

	for_each_region (mem, cell->config)
		err = err ? err : map_region(cell, mem);
	return err;
}

/** The overlap of a region of a cell, widened to whole pages, with a region of the root cell, in physical addresses. */
static bool root_overlap(const struct jailhouse_memory *mem, const struct jailhouse_memory *root,
			 u64 *start, u64 *size)
{
	u64 first = MAX(page_down(mem->phys_start), root->phys_start);
	u64 last = MIN(page_down(mem->phys_start + (mem->size - 1)) | ~PAGE_MASK,
		       root->phys_start + (root->size - 1));

	if (!root->size || mem_is_subpage(root) || first > last)
		return false;
	*start = first;
	*size = last - first + 1;
	return true;
}

static u64 root_virt(const struct jailhouse_memory *root, u64 phys)
{
	return phys - root->phys_start + root->virt_start;
}

u32 cell_memory_pages_needed(const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_memory *mem, *root;
	u64 start, size;
	u32 pages = 0;

	for_each_region (mem, desc)
		if (mem_is_exclusive(mem))
			for_each_region (root, root_cell.config)
				if (root_overlap(mem, root, &start, &size))
					pages += pt_pages_needed(
						&root_cell.memory, root_virt(root, start), start,
						size, !(root->flags & JAILHOUSE_MEM_NO_HUGEPAGES));
	return pages;
}

void cell_memory_take(const struct cell *cell, u64 mask, u64 value)
{
	const struct jailhouse_memory *mem, *root;
	u64 start, size;

	for_each_region (mem, cell->config)
		if (mem_is_exclusive(mem) && (mem->flags & mask) == value)
			for_each_region (root, root_cell.config)
				if (root_overlap(mem, root, &start, &size))
					pt_unmap(&root_cell.memory, root_virt(root, start), size);
	arch_tlb_flush(&root_cell.memory);
}

/** Map what the root cell owns again, leaving out edge pages of which another cell has a part for itself. */
static void return_to_root(const struct cell *cell, const struct jailhouse_memory *root, u64 start,
			   u64 size)
{
	while (size && owned_by_other(cell, start, PAGE_SIZE)) {
		start += PAGE_SIZE;
		size -= PAGE_SIZE;
	}
	while (size && owned_by_other(cell, start + size - PAGE_SIZE, PAGE_SIZE))
		size -= PAGE_SIZE;
	if (size)
		pt_map(&root_cell.memory, root_virt(root, start), start, size,
		       arch_cell_attributes(root->flags));
}

void cell_memory_return(const struct cell *cell, u64 mask, u64 value)
{
	const struct jailhouse_memory *mem, *root;
	u64 start, size;

	for_each_region (mem, cell->config)
		if (mem_is_exclusive(mem) && (mem->flags & mask) == value)
			for_each_region (root, root_cell.config)
				if (root_overlap(mem, root, &start, &size))
					return_to_root(cell, root, start, size);
	arch_tlb_flush(&root_cell.memory);
}

void cell_memory_flush_caches(const struct cell *cell)
{
	const struct jailhouse_memory *mem;

	for_each_region (mem, cell->config)
		if (mem_is_exclusive(mem) && !mem_is_subpage(mem) &&
		    !(mem->flags & JAILHOUSE_MEM_IO))
			arch_flush_memory(mem->phys_start, mem->size);
}
