// SPDX-License-Identifier: GPL-2.0-only
#include <arch.h>
#include <errno.h>
#include <mmio_dispatch.h>
#include <ownership.h>
#include <paging.h>

int mmio_add(struct mmio_map *map, u64 start, u64 size, mmio_handler handler, void *context)
{
	for (u32 n = 0; n < map->count; n++)
		if (ranges_overlap(start, size, map->range[n].start, map->range[n].size))
			return -EBUSY;
	if (map->count == ARRAY_SIZE(map->range))
		return -ENOMEM;
	map->range[map->count++] = (struct mmio_range){ start, size, handler, context };
	return 0;
}

/** An unaligned access is allowed to few regions; the device then sees it byte by byte. */
static bool carry_out_bytewise(u64 phys, struct mmio_access *access)
{
	struct mmio_access byte = { .size = 1, .is_write = access->is_write };
	u64 value = 0;

	for (u32 n = 0; n < access->size; n++) {
		byte.value = access->value >> (8 * n);
		if (!arch_mmio_try(map_temporarily(TEMP_SLOT_MMIO, phys + n, true), &byte))
			return false;
		value |= byte.value << (8 * n);
	}
	if (!access->is_write)
		access->value = value;
	return true;
}

static enum mmio_result access_guarded(struct cell *cell, struct mmio_access *access)
{
	u64 phys;
	bool done;

	if (!mem_find_guarded(cell, access->address, access->size, access->is_write, &phys))
		return MMIO_REFUSED;
	if (phys & (access->size - 1))
		done = carry_out_bytewise(phys, access);
	else
		done = arch_mmio_try(map_temporarily(TEMP_SLOT_MMIO, phys, true), access);
	return done ? MMIO_DONE : MMIO_BUS_ERROR;
}

enum mmio_result mmio_dispatch(struct cell *cell, struct mmio_access *access)
{
	const struct mmio_range *range = cell->mmio.range;

	for (; range < cell->mmio.range + cell->mmio.count; range++)
		if (range_within(access->address, access->size, range->start, range->size)) {
			access->address -= range->start;
			access->context = range->context;
			return range->handler(access);
		}
	return access_guarded(cell, access);
}
