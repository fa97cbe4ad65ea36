/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In assembly, so that each access is exactly one, of that width, and through RAX, as AMD wants it for MMCONFIG (BKDG, "MMIO
 * Configuration Coding Requirements").
 */
#ifndef JAILHOUSE_ASM_MMIO_H
#define JAILHOUSE_ASM_MMIO_H

#include <jailhouse/types.h>

#define MMIO_ACCESSORS(bits)                                                                     \
	static inline u##bits mmio_read##bits(const void *addr)                                  \
	{                                                                                        \
		u##bits value;                                                                   \
		asm volatile("mov %1, %0" : "=a"(value) : "m"(*(const volatile u##bits *)addr)); \
		return value;                                                                    \
	}                                                                                        \
	static inline void mmio_write##bits(void *addr, u##bits value)                           \
	{                                                                                        \
		asm volatile("mov %1, %0"                                                        \
			     : "=m"(*(volatile u##bits *)addr)                                   \
			     : "a"(value)                                                        \
			     : "memory");                                                        \
	}

MMIO_ACCESSORS(8)
MMIO_ACCESSORS(16)
MMIO_ACCESSORS(32)
MMIO_ACCESSORS(64)

#undef MMIO_ACCESSORS

#endif
