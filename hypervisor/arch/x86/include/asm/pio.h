/* SPDX-License-Identifier: GPL-2.0-only */
/* I/O ports. */
#ifndef JAILHOUSE_ASM_PIO_H
#define JAILHOUSE_ASM_PIO_H

#include <jailhouse/types.h>

#define PIO_ACCESSORS(bits, suffix)                                              \
	static inline u##bits pio_read##bits(u16 port)                           \
	{                                                                        \
		u##bits value;                                                   \
		asm volatile("in" suffix " %1, %0" : "=a"(value) : "Nd"(port));  \
		return value;                                                    \
	}                                                                        \
	static inline void pio_write##bits(u16 port, u##bits value)              \
	{                                                                        \
		asm volatile("out" suffix " %0, %1" : : "a"(value), "Nd"(port)); \
	}

PIO_ACCESSORS(8, "b")
PIO_ACCESSORS(16, "w")
PIO_ACCESSORS(32, "l")

#undef PIO_ACCESSORS

#endif
