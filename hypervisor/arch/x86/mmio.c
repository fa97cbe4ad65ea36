// SPDX-License-Identifier: GPL-2.0-only
/* Accesses to devices on behalf of a guest. Where nobody answers, reads find all bits set: there are no bus errors. */
#include <arch.h>
#include <mmio.h>

bool arch_mmio_try(void *address, struct mmio_access *access)
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
	default:
		mmio_write64(address, access->value);
	}
	return true;
}
