/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In assembly, so that each access is a plain register-addressed load or store: the only kind
 * whose syndrome describes it fully (ISV = 1) when it traps. 64 bits are a pair of registers.
 */
#ifndef JAILHOUSE_ASM_MMIO_H
#define JAILHOUSE_ASM_MMIO_H

#include <jailhouse/types.h>

#define MMIO_ACCESSORS(bits, suffix, reg)                                                         \
	static inline u##bits mmio_read##bits(const void *addr)                                   \
	{                                                                                         \
		u##bits value;                                                                    \
                                                                                                  \
		asm volatile("ldr" suffix " " reg ", [%1]" : "=r"(value) : "r"(addr) : "memory"); \
		return value;                                                                     \
	}                                                                                         \
                                                                                                  \
	static inline void mmio_write##bits(void *addr, u##bits value)                            \
	{                                                                                         \
		asm volatile("str" suffix " " reg ", [%1]" : : "r"(value), "r"(addr) : "memory"); \
	}

MMIO_ACCESSORS(8, "b", "%0")
MMIO_ACCESSORS(16, "h", "%0")
MMIO_ACCESSORS(32, "", "%0")
MMIO_ACCESSORS(64, "d", "%0, %H0")

#undef MMIO_ACCESSORS

#endif
