/* SPDX-License-Identifier: GPL-2.0-only */
/* Accesses of guests that the core carries out or answers: one at a time, of 1, 2, 4 or 8 bytes. */
#ifndef MMIO_DISPATCH_H
#define MMIO_DISPATCH_H

#include <jailhouse/types.h>

struct cell;

struct mmio_access {
	u64 address; /* guest-physical */
	u64 value; /* to write, or what was read (zero-extended) */
	u8 size; /* 1, 2, 4 or 8 bytes */
	bool is_write;
	void *context; /* of the handler's range, see mmio_add() */
};

enum mmio_result {
	MMIO_REFUSED, /* not the cell's: a violation */
	MMIO_BUS_ERROR, /* the cell's, but nothing there answers properly */
	MMIO_DONE,
};

/** Carries out an access that lies within the handler's range; address is relative to its start. */
typedef enum mmio_result (*mmio_handler)(struct mmio_access *access);

struct mmio_range {
	u64 start, size;
	mmio_handler handler;
	void *context;
};

#define MMIO_MAX_RANGES 128 /* of the root cell of a large machine: an MSI-X table each */

/** The ranges of a cell that have a handler. All zero: none. */
struct mmio_map {
	u32 count;
	struct mmio_range range[MMIO_MAX_RANGES];
};

/** Add a range, whose accesses carry context; -ENOMEM if there are too many, -EBUSY if it overlaps another. While no access can come. */
int mmio_add(struct mmio_map *map, u64 start, u64 size, mmio_handler handler, void *context);

/**
 * Carry out an access of the calling cell to memory that is not mapped: by the handler of its
 * range, else by the configuration's guarded regions. A value read is in access->value.
 */
enum mmio_result mmio_dispatch(struct cell *cell, struct mmio_access *access);

#endif
