// SPDX-License-Identifier: GPL-2.0-only
/* Devices, some of which do not answer. */
#include "unit.h"
#include <arch.h>
#include <mmio.h>

const u8 *bus_error_at;

bool arch_mmio_try(void *address, struct mmio_access *access)
{
	if (bus_error_at && bus_error_at >= (u8 *)address &&
	    bus_error_at < (u8 *)address + access->size)
		return false;
	if (access->is_write)
		fake_mmio_write(address, access->size, access->value);
	else
		access->value = fake_mmio_read(address, access->size);
	return true;
}
