/* SPDX-License-Identifier: GPL-2.0-only */
/* Instead of the architecture's: device registers are plain memory, and each access is logged. */
#ifndef JAILHOUSE_ASM_MMIO_H
#define JAILHOUSE_ASM_MMIO_H

#include <jailhouse/types.h>

u64 fake_mmio_read(const void *addr, u32 size);
void fake_mmio_write(void *addr, u32 size, u64 value);

#define MMIO_ACCESSORS(bits)                                           \
	static inline u##bits mmio_read##bits(const void *addr)        \
	{                                                              \
		return fake_mmio_read(addr, bits / 8);                 \
	}                                                              \
	static inline void mmio_write##bits(void *addr, u##bits value) \
	{                                                              \
		fake_mmio_write(addr, bits / 8, value);                \
	}

MMIO_ACCESSORS(8)
MMIO_ACCESSORS(16)
MMIO_ACCESSORS(32)
MMIO_ACCESSORS(64)

#undef MMIO_ACCESSORS

#endif
