/* SPDX-License-Identifier: GPL-2.0-only */
/* Instead of the architecture's: the test is the ports. */
#ifndef JAILHOUSE_ASM_PIO_H
#define JAILHOUSE_ASM_PIO_H

#include <jailhouse/types.h>

u32 fake_pio_read(u16 port, u32 size);
void fake_pio_write(u16 port, u32 size, u32 value);

#define PIO_ACCESSORS(bits)                                         \
	static inline u##bits pio_read##bits(u16 port)              \
	{                                                           \
		return fake_pio_read(port, bits / 8);               \
	}                                                           \
	static inline void pio_write##bits(u16 port, u##bits value) \
	{                                                           \
		fake_pio_write(port, bits / 8, value);              \
	}

PIO_ACCESSORS(8)
PIO_ACCESSORS(16)
PIO_ACCESSORS(32)

#undef PIO_ACCESSORS

#endif
