/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * IO-APICs: their pins belong to cells, each cell sees registers of its own. Pins are configured by struct jailhouse_irqchip:
 * address of the registers, id: requester ID (bdf) at the IOMMU, pins from pin_base. Needs a member
 * "struct ioapic_cell *ioapic" in struct arch_cell.
 */
#ifndef IOAPIC_H
#define IOAPIC_H

#include <jailhouse/cell-config.h>

struct cell;

/** Are the IO-APICs of the root cell's configuration sane? -EINVAL. No changes. */
int ioapic_check_system(const struct jailhouse_system *system);

/**
 * May a cell be made with these pins? -EINVAL: not a pin or IO-APIC of the root cell's configuration, memory over the
 * registers; -EBUSY: another cell's pin. No changes.
 */
int ioapic_check_cell(const struct jailhouse_cell_desc *desc);

/** Map and look at the IO-APICs, prepare remapping. First CPU, after iommu_init(). -ENOMEM, -EINVAL. Changes no hardware. */
int ioapic_init(void);

/** The cell's view and its MMIO handlers; the root cell's begins with what the hardware holds. -ENOMEM: to be followed by its exit. */
int ioapic_cell_init(struct cell *cell);
void ioapic_cell_exit(struct cell *cell);

/**
 * The pins of the cell's configuration leave the root cell, masked; what the root cell keeps is confined to the CPUs it
 * still has. Root cell suspended, CPUs are moved already.
 */
void ioapic_take_pins(struct cell *cell);

/** The reverse: they are the root cell's again as it left them, but masked. */
void ioapic_return_pins(struct cell *cell);

/** Mask the cell's pins and forget what it wrote. Cell suspended. */
void ioapic_reset_pins(struct cell *cell);

/** Send what the root cell's pins say through the rules, and remapping. First CPU, right before iommu_activate(). */
void ioapic_activate(void);

/** The hardware as the root cell thinks it is. Last CPU at disable, right after iommu_release(). */
void ioapic_release(void);

#endif
