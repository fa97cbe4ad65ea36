// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <ownership.h>
#include <printk.h>
#include <string.h>

bool mem_is_exclusive(const struct jailhouse_memory *mem)
{
	return mem->size && !(mem->flags & (JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_ROOTSHARED));
}

static int check_identity(const struct jailhouse_cell_desc *desc)
{
	const struct cell *cell;

	for_each_cell (cell) {
		if (strcmp(cell->config->name, desc->name) == 0)
			return refuse(-EEXIST, "a cell \"%s\" exists already", desc->name);
		if (cell->config->id == desc->id)
			return refuse(-EEXIST, "a cell with ID %u exists already", desc->id);
	}
	return 0;
}

static int check_cpus(const struct jailhouse_cell_desc *desc, u32 caller)
{
	const struct cell *cell;

	for (u32 cpu = 0; cpu < MAX_CPUS; cpu++) {
		if (!config_has_cpu(desc, cpu))
			continue;
		for_each_non_root_cell (cell)
			if (bit_test(cell->cpus, cpu))
				return refuse(-EBUSY, "CPU %u belongs to cell \"%s\"", cpu,
					      cell->config->name);
		if (!bit_test(root_cell.cpus, cpu))
			return refuse(-EBUSY, "CPU %u does not belong to the root cell", cpu);
		if (cpu == caller)
			return refuse(-EBUSY, "CPU %u is the one that creates the cell", cpu);
	}
	return 0;
}

/** The region of the description that contains the byte at physical address phys, NULL if none does. */
static const struct jailhouse_memory *region_at(const struct jailhouse_cell_desc *desc, u64 phys)
{
	const struct jailhouse_memory *mem;

	for_each_region (mem, desc)
		if (mem->size && range_within(phys, 1, mem->phys_start, mem->size))
			return mem;
	return NULL;
}

/** Do the regions of the root cell, taken together, contain all of mem? */
static bool root_has(const struct jailhouse_memory *mem)
{
	u64 next = mem->phys_start, last = mem->phys_start + (mem->size - 1);
	const struct jailhouse_memory *part;

	do {
		part = region_at(root_cell.config, next);
		if (!part)
			return false;
		next = part->phys_start + part->size;
	} while (next && next <= last);
	return true;
}

/** A region of another cell that cannot exist beside mem: one of the two is exclusive, and they overlap. */
static const struct jailhouse_memory *find_conflict(const struct cell *cell,
						    const struct jailhouse_memory *mem)
{
	const struct jailhouse_memory *other;

	for_each_region (other, cell->config)
		if (!(other->flags & JAILHOUSE_MEM_COMM_REGION) &&
		    (mem_is_exclusive(mem) || mem_is_exclusive(other)) &&
		    ranges_overlap(mem->phys_start, mem->size, other->phys_start, other->size))
			return other;
	return NULL;
}

static int check_region(const struct jailhouse_cell_desc *desc, const struct jailhouse_memory *mem)
{
	const struct jailhouse_memory *other;
	const struct cell *cell;

	if (!mem->size || (mem->flags & JAILHOUSE_MEM_COMM_REGION))
		return 0;
	if (!root_has(mem))
		return refuse(-EINVAL,
			      "memory region %u (0x%llx, size 0x%llx) is not the root cell's",
			      mem_index(desc, mem), mem->phys_start, mem->size);
	for_each_non_root_cell (cell) {
		other = find_conflict(cell, mem);
		if (other)
			return refuse(-EBUSY, "memory region %u overlaps region %u of cell \"%s\"",
				      mem_index(desc, mem), mem_index(cell->config, other),
				      cell->config->name);
	}
	return 0;
}

int ownership_check(const struct jailhouse_cell_desc *desc, u32 caller)
{
	const struct jailhouse_memory *mem;
	int err = check_identity(desc);

	err = err ? err : check_cpus(desc, caller);
	for_each_region (mem, desc)
		err = err ? err : check_region(desc, mem);
	return err;
}

bool owned_by_other(const struct cell *except, u64 phys, u64 size)
{
	const struct jailhouse_memory *mem;
	const struct cell *cell;

	for_each_non_root_cell (cell)
		if (cell != except)
			for_each_region (mem, cell->config)
				if (mem_is_exclusive(mem) &&
				    ranges_overlap(mem->phys_start, mem->size, phys, size))
					return true;
	return false;
}

static bool access_allowed(const struct jailhouse_memory *mem, u64 address, u32 size, bool is_write)
{
	bool guarded = mem_is_subpage(mem);

	if (!(mem->flags & (is_write ? JAILHOUSE_MEM_WRITE : JAILHOUSE_MEM_READ)))
		return false;
	if (guarded && !(mem->flags & ((u64)size << JAILHOUSE_MEM_IO_WIDTH_SHIFT)))
		return false;
	return !(address & (size - 1)) || (guarded && (mem->flags & JAILHOUSE_MEM_IO_UNALIGNED));
}

const struct jailhouse_memory *mem_find_guarded(const struct cell *cell, u64 address, u32 size,
						bool is_write, u64 *phys)
{
	const struct jailhouse_memory *mem;

	for_each_region (mem, cell->config) {
		if (!mem->size || !range_within(address, size, mem->virt_start, mem->size))
			continue;
		*phys = mem->phys_start + (address - mem->virt_start);
		/* Whole pages are mapped, unless another cell owns a part of one that was the root cell's. */
		if (!mem_is_subpage(mem) && cell != &root_cell)
			return NULL;
		if (!access_allowed(mem, address, size, is_write))
			return NULL;
		return cell == &root_cell && owned_by_other(NULL, *phys, size) ? NULL : mem;
	}
	return NULL;
}
