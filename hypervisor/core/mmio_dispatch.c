// SPDX-License-Identifier: GPL-2.0-only
#include <bits.h>
#include <errno.h>
#include <mmio.h>
#include <mmio_dispatch.h>
#include <ownership.h>
#include <paging.h>

int mmio_add(struct mmio_map *map, u64 start, u64 size, mmio_handler handler)
{
	u32 n;

	if (map->count == MMIO_MAX_RANGES)
		return -ENOMEM;
	for (n = 0; n < map->count; n++)
		if (ranges_overlap(start, size, map->range[n].start, map->range[n].size))
			return -EBUSY;
	for (n = map->count++; n > 0 && map->range[n - 1].start > start; n--)
		map->range[n] = map->range[n - 1];
	map->range[n] = (struct mmio_range){ start, size, handler };
	return 0;
}

static void carry_out(void *address, struct mmio_access *access)
{
	switch (access->size | (access->is_write ? 0x10 : 0)) {
	case 1:
		access->value = mmio_read8(address);
		break;
	case 2:
		access->value = mmio_read16(address);
		break;
	case 4:
		access->value = mmio_read32(address);
		break;
	case 8:
		access->value = mmio_read64(address);
		break;
	case 0x11:
		mmio_write8(address, access->value);
		break;
	case 0x12:
		mmio_write16(address, access->value);
		break;
	case 0x14:
		mmio_write32(address, access->value);
		break;
	case 0x18:
		mmio_write64(address, access->value);
	}
}

/** An unaligned access is allowed to few regions; the device then sees it byte by byte. */
static void carry_out_bytewise(u64 phys, struct mmio_access *access)
{
	struct mmio_access byte = { .size = 1, .is_write = access->is_write };
	u64 value = 0;

	for (u32 n = 0; n < access->size; n++) {
		byte.value = access->value >> (8 * n);
		carry_out(map_temporarily(TEMP_SLOT_MMIO, phys + n, true), &byte);
		value |= byte.value << (8 * n);
	}
	if (!access->is_write)
		access->value = value;
}

static enum mmio_result access_guarded(struct cell *cell, struct mmio_access *access)
{
	u64 phys;

	if (!mem_find_guarded(cell, access->address, access->size, access->is_write, &phys))
		return MMIO_REFUSED;
	if (phys & (access->size - 1))
		carry_out_bytewise(phys, access);
	else
		carry_out(map_temporarily(TEMP_SLOT_MMIO, phys, true), access);
	return MMIO_DONE;
}

enum mmio_result mmio_dispatch(struct cell *cell, struct mmio_access *access)
{
	const struct mmio_range *range = cell->mmio.range, *end = range + cell->mmio.count;

	for (; range < end && access->address >= range->start; range++)
		if (range_within(access->address, access->size, range->start, range->size)) {
			access->address -= range->start;
			return range->handler(access);
		}
	return access_guarded(cell, access);
}
