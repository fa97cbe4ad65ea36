/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Access to device registers: mmio_read8/16/32/64(addr) and
 * mmio_write8/16/32/64(addr, value), each exactly one access of that width.
 * They do not order accesses against normal memory; where that matters, the
 * caller places a barrier.
 */
#ifndef JAILHOUSE_MMIO_H
#define JAILHOUSE_MMIO_H

#include <asm/mmio.h>

/** Address of the register at @offset bytes from @base. */
static inline void *mmio_reg(void *base, unsigned long offset)
{
	return (char *)base + offset;
}

#endif
