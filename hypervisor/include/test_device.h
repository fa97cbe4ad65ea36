/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A device of no use but to test the decoding of accesses that trap (option TEST_DEVICE): 64 bytes of memory, in the page
 * behind the communication region of cells that ask for it by JAILHOUSE_CELL_TEST_DEVICE. Accesses of 1, 2, 4 and 8
 * bytes at any offset act on it; those that reach beyond its end are violations.
 */
#ifndef TEST_DEVICE_H
#define TEST_DEVICE_H

#include <jailhouse/cell-config.h>

#define TEST_DEVICE_SIZE 64

struct cell;

/** May a cell of this description, otherwise checked, have what it asks for? -EINVAL: not built in, or no place for it. Pure. */
int test_device_check(const struct jailhouse_cell_desc *desc);

/** Give a new cell the device if it asks for it; -ENOMEM, -EBUSY: there is another device. Undone by mmio_release(). */
int test_device_init(struct cell *cell);

#endif
