/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In assembly, so that each access is a plain register-addressed load or store:
 * the only kind whose syndrome describes it fully (ISV = 1) when it traps.
 */
#ifndef JAILHOUSE_ASM_MMIO_H
#define JAILHOUSE_ASM_MMIO_H

#include <jailhouse/types.h>

#define MMIO_ACCESSORS(bits, suffix, reg)                              \
	static inline u##bits mmio_read##bits(const void *addr)        \
	{                                                              \
		u##bits value;                                         \
                                                                       \
		asm volatile("ldr" suffix " %" reg "0, [%1]"           \
			     : "=r"(value)                             \
			     : "r"(addr)                               \
			     : "memory");                              \
		return value;                                          \
	}                                                              \
                                                                       \
	static inline void mmio_write##bits(void *addr, u##bits value) \
	{                                                              \
		asm volatile("str" suffix " %" reg "0, [%1]"           \
			     :                                         \
			     : "rZ"(value), "r"(addr)                  \
			     : "memory");                              \
	}

MMIO_ACCESSORS(8, "b", "w")
MMIO_ACCESSORS(16, "h", "w")
MMIO_ACCESSORS(32, "", "w")
MMIO_ACCESSORS(64, "", "x")

#undef MMIO_ACCESSORS

#endif
