// SPDX-License-Identifier: GPL-2.0-only
/* The list of cells, for tests that do without the core's own management of it. */
#include "unit.h"

struct cell root_cell;
u32 num_cells = 1;
u32 fake_cells_ended;

void cell_end(struct cell *cell)
{
	fake_cells_ended++;
}
