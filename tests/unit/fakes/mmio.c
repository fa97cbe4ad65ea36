// SPDX-License-Identifier: GPL-2.0-only
/* Devices. */
#include "unit.h"
#include <mmio.h>
#include <paging.h>

u8 fake_device[FAKE_DEVICE_SIZE] __attribute__((aligned(PAGE_SIZE)));
struct mmio_event mmio_log[MMIO_LOG_SIZE];
u32 mmio_events;

static void log_event(const void *addr, u32 size, bool is_write, u64 value)
{
	assert_int_equal((uintptr_t)addr & (size - 1), 0);
	if (mmio_events < MMIO_LOG_SIZE)
		mmio_log[mmio_events] =
			(struct mmio_event){ (uintptr_t)addr, value, size, is_write };
	mmio_events++;
}

u64 fake_mmio_read(const void *addr, u32 size)
{
	u64 value = 0;

	memcpy(&value, addr, size);
	log_event(addr, size, false, value);
	return value;
}

void fake_mmio_write(void *addr, u32 size, u64 value)
{
	log_event(addr, size, true, value);
	memcpy(addr, &value, size);
}

void *map_temporarily(u32 slot, u64 phys, bool device)
{
	assert_true(slot < TEMP_SLOTS);
	return fake_device + phys % FAKE_DEVICE_SIZE;
}
