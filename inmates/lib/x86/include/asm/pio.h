/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* I/O ports. */
#ifndef JAILHOUSE_INMATE_PIO_H
#define JAILHOUSE_INMATE_PIO_H

#include <jailhouse/types.h>

#define PORT_ACCESSORS(bits, suffix)                                                         \
	static inline u##bits in##suffix(u16 port)                                           \
	{                                                                                    \
		u##bits value;                                                               \
                                                                                             \
		asm volatile("in" #suffix " %1, %0" : "=a"(value) : "Nd"(port) : "memory");  \
		return value;                                                                \
	}                                                                                    \
                                                                                             \
	static inline void out##suffix(u##bits value, u16 port)                              \
	{                                                                                    \
		asm volatile("out" #suffix " %0, %1" : : "a"(value), "Nd"(port) : "memory"); \
	}

PORT_ACCESSORS(8, b)
PORT_ACCESSORS(16, w)
PORT_ACCESSORS(32, l)

#undef PORT_ACCESSORS

#endif
