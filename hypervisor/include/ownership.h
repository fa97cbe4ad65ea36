/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who owns what, derived from the configurations of the existing cells. Pure.
 * A region of a non-root cell is exclusive unless it is shared with the root cell or the communication region.
 */
#ifndef OWNERSHIP_H
#define OWNERSHIP_H

#include <cell.h>

/** Does this region of a non-root cell take its memory away from the root cell? */
bool mem_is_exclusive(const struct jailhouse_memory *mem);

/**
 * May a cell of this description be made next to the existing ones?
 * Names the first conflict: name or ID (-EEXIST), CPU, memory or interrupt (-EBUSY), memory outside the root cell's (-EINVAL).
 * caller: the CPU that asks, which cannot be given away, or NO_CPU.
 */
#define NO_CPU MAX_CPUS
int ownership_check(const struct jailhouse_cell_desc *desc, u32 caller);

/**
 * Does a non-root cell other than except exclusively own a part of [phys, phys + size)?
 * Regions that are loadable at the moment count as well.
 */
bool owned_by_other(const struct cell *except, u64 phys, u64 size);

/**
 * The region of cell that grants an access of size bytes (1, 2, 4, 8) at guest-physical address
 * to memory that is not mapped because it is guarded (sub-page regions, the rest of a page that another cell
 * owns a part of); NULL if there is none. *phys: where the access goes.
 */
const struct jailhouse_memory *mem_find_guarded(const struct cell *cell, u64 address, u32 size,
						bool is_write, u64 *phys);

#endif
