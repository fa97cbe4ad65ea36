/* SPDX-License-Identifier: GPL-2.0-only */
/* QEMU's educational device (docs/specs/edu): DMA to any address (by its property dma_mask), and interrupts at will. */
#ifndef JAILHOUSE_TESTS_EDU_H
#define JAILHOUSE_TESTS_EDU_H

#include <inmate.h>

#define EDU_BUFFER_SIZE 4096

/** Finds the device. Returns its bdf, or -1. */
int edu_init(void);

/** Has it read memory into its buffer, or write its buffer to memory. Returns whether it became ready. */
bool edu_dma_read(u64 address, unsigned int len);
bool edu_dma_write(u64 address, unsigned int len);

/** Raises its interrupt, and takes it back. */
void edu_raise(void);

#endif
