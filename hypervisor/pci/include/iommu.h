/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * IOMMUs: where DMA and interrupts of devices go. The driver follows from the type of the units in the
 * configuration, not from the CPU.
 *
 * A requester (bdf: bus << 8 | device << 3 | function) is a PCI function or an IO-APIC. All that the root cell's
 * configuration does not name, and all that nobody was given to, is blocked. Units of one system share their tables, and
 * each invalidation goes to all of them: naming the wrong unit for a device leaves nothing stale anywhere.
 *
 * The units walk the tables of the cells' CPUs (cell->memory, 4 levels). What AMD-Vi (48882, 2.2.3) demands of an entry:
 *
 *   63 62 61 60 59 58  52 51                       12 11    9 8   1 0
 *   +--+--+--+--+--+------+--------------------------+--------+-----+--+
 *   |ig|IW|IR|FC|U | 0    | address                  |NxtLevel| ign |PR|
 *   +--+--+--+--+--+------+--------------------------+--------+-----+--+
 *
 *   - An entry that points to a table has in NextLevel the level of that table, 3, 2 or 1 from the root's entries down,
 *     and both IR and IW: rights are the intersection over the whole way.
 *   - A leaf, of 4 KiB, 2 MiB or 1 GiB, has NextLevel 0, and IR and IW as JAILHOUSE_MEM_READ and _WRITE allow if the region
 *     is JAILHOUSE_MEM_DMA, else neither.
 *   - An entry that is not present is 0 altogether: not every unit looks at PR of a leaf (QEMU's does not).
 *   - Bits 52 to 58 are 0; no marks of the software's own there.
 *   - Devices do not stand still while a table changes. An entry that stays valid is replaced by one write and then
 *     flushed, without a moment in which it is invalid; what becomes valid is flushed as well, as units may remember that
 *     it was not; pages of a table are freed after the flush.
 *   - cell->memory.tag is the domain: not 0, and no two cells that exist have the same.
 */
#ifndef IOMMU_H
#define IOMMU_H

#include <cell.h>

struct irq_message;

/** Is what the configuration says about IOMMUs sane? Pure. Without units no region may be open to DMA. */
int iommu_check_system(const struct jailhouse_system *system);

/**
 * Find the units that system_config describes, map their registers, allocate tables that block everything. What the hardware
 * does is not changed. -errno with refuse(): the core has to leave. First CPU.
 */
int iommu_init(void);

/** Turn the units on. The tables are filled with what the root cell may do. First CPU. Cannot fail. */
void iommu_activate(void);

/** Undo iommu_activate(): leave the units as Linux had them, off. Last CPU that leaves. */
void iommu_release(void);

/** Are there units: is DMA contained, and are interrupts remapped? From iommu_init() on. */
bool iommu_present(void);

/** Is this function itself an IOMMU of the system? The core's alone. */
bool iommu_is_unit(u16 bdf);

/* --- for requesters that the root cell's configuration names; nothing to do without units ------ */

/** The device's DMA goes through the memory of that cell; NULL: it is blocked. Management lock held. */
void iommu_set_device(u16 bdf, const struct cell *cell);

/** A remapping entry's index below this is bits 8:0 of the MSI data, or of the IO-APIC's entry, that the requester sends. */
#define IOMMU_MAX_INTERRUPTS 512

/**
 * Give the requester an interrupt remapping table, with all entries blocked. It may have one already, and keeps it. -ENOMEM.
 * Management lock held.
 */
int iommu_device_prepare(u16 bdf);

/**
 * What the requester's interrupt index becomes, at once: a message as irq_confine() returns it. Not valid, or a destination
 * above 255: it is blocked, as it is without a table. The CPU sees an edge, whatever msg->level is. Any CPU; concurrent calls
 * for the same index are the caller's to order.
 */
void iommu_set_interrupt(u16 bdf, u32 index, const struct irq_message *msg);

/* --- whether there are units or not --------------------------------------------------------- */

/** The tables of the cell changed: no unit uses what they were before this returns. Any CPU. */
void iommu_flush_cell(const struct cell *cell);

/**
 * Report what the units, which are on, blocked since the last time to the console and the report page. interrupt: the next
 * event is told by an NMI to the root cell's first CPU. Any CPU.
 */
void iommu_poll_events(bool interrupt);

/**
 * The calling CPU, of the root cell, took an NMI that the core did not send. True: it was a unit's, and its events are
 * reported. A unit sends one at most for each call of iommu_poll_events(), or a device could keep a CPU of the root cell
 * busy. One that is lost, among the core's own or because the CPU is being reset, leaves its events to the next poll.
 */
bool iommu_handle_nmi(void);

/** The root cell's set of CPUs is another now. Activation, or management lock held. */
void iommu_root_cpus_changed(void);

#endif
