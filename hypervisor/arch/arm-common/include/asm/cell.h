/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ASM_CELL_H
#define ASM_CELL_H

#include <gic_cell.h>

struct arch_cell {
	struct gic_cell gic;
};

#endif
