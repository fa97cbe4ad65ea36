/* SPDX-License-Identifier: GPL-2.0-only */
/* Odd accesses to a trapped device: what they are compared with. */
#ifndef JAILHOUSE_TESTS_MMIO_ATTACK_H
#define JAILHOUSE_TESTS_MMIO_ATTACK_H

#include <inmate.h>
#include "access.h"

typedef void (*access_t)(void *addr, struct access_result *result);

/** Where accesses go: option addr=, or two registers in a row that never change. Mapped; floating point is enabled. */
void *mmio_target(enum map_type type);

/** A load of 32 bits at that offset, which then changes the base register by so much. */
void mmio_load(access_t access, unsigned long offset, long base_change);
/** A load of two registers. */
void mmio_load_two(access_t access, long base_change);
/** A store of zeroes that change nothing. */
void mmio_store(access_t access, long base_change);

/* Attacks made of functions of access.h. */
#define LOAD(name, offset, base_change)                        \
	static void name(void)                                 \
	{                                                      \
		mmio_load(access_##name, offset, base_change); \
	}
#define LOAD_PAIR(name, base_change)                       \
	static void name(void)                             \
	{                                                  \
		mmio_load_two(access_##name, base_change); \
	}
#define STORE(name, base_change)                        \
	static void name(void)                          \
	{                                               \
		mmio_store(access_##name, base_change); \
	}

#endif
