/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ASM_CELL_H
#define ASM_CELL_H

#include <pci.h>

struct ioapic_cell;

struct arch_cell {
	u8 *ports; /* permission bitmap, VCPU_PORT_PAGES pages; a set bit traps */
	struct ioapic_cell *ioapic;
	struct pci_cell pci;
	void *root5; /* root of the nested tables where the host has five levels, else NULL */
};

#endif
