/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory of cells: mapping regions into them, taking pages from the root cell and giving them back. */
#ifndef CELL_MEMORY_H
#define CELL_MEMORY_H

#include <cell.h>

/** Map all that the configuration grants into a new cell; -ENOMEM, -EINVAL: the table is to be destroyed. */
int cell_memory_map(struct cell *cell);

/** Pages that taking or returning all regions of the cell from or to the root cell's table can need. */
u32 cell_memory_pages_needed(const struct jailhouse_cell_desc *desc);

/**
 * Unmap the exclusive regions with (flags & mask) == value from the root cell. The pool holds
 * cell_memory_pages_needed() pages, the root cell is suspended, cell is in the list: cannot fail.
 */
void cell_memory_take(const struct cell *cell, u64 mask, u64 value);

/**
 * The reverse: map again what the root cell's configuration grants, whole pages of which no other cell has a part for
 * itself. Either cell is not in the list any more, or the regions selected are of whole pages (LOADABLE).
 */
void cell_memory_return(const struct cell *cell, u64 mask, u64 value);

/** Clean and invalidate the caches over memory that belongs to the cell alone. */
void cell_memory_flush_caches(const struct cell *cell);

#endif
