/* SPDX-License-Identifier: GPL-2.0-only */
/* AMD-Vi: what a unit is to its driver. */
#ifndef AMD_IOMMU_H
#define AMD_IOMMU_H

#include "amd_iommu_regs.h"
#include <iommu_driver.h>
#include <irq.h>
#include <mmio.h>
#include <pci.h>

/* --- what is in memory (amd_iommu_entries.c): pure ------------------------------------------ */

struct amd_dte {
	u64 word[4];
};

struct amd_command {
	u64 word[2];
};

struct amd_event {
	u64 word[2];
};

/**
 * Word 0 of a device table entry. root: physical address of a page table of four levels; open: or nothing passes,
 * whatever is in the table.
 */
u64 amd_dte_translation(u64 root, bool open);

/** Word 2: interrupts go through the table at that physical address; 0: they are blocked. */
u64 amd_dte_interrupts(u64 table);

/** A remapping entry for a message that irq_confine() returned; 0, which blocks, if it is not valid or goes too far. */
u32 amd_irte(const struct irq_message *msg);

/** The unit writes value to the physical address, a multiple of 8, when it is done with what was before. */
struct amd_command amd_wait(u64 address, u64 value);
/** code: INVALIDATE_DEVICE or INVALIDATE_INTERRUPTS. */
struct amd_command amd_invalidate(u64 code, u16 bdf);
struct amd_command amd_invalidate_pages(u16 domain);

struct iommu_fault amd_event_decode(const struct amd_event *event);

/* --- units ---------------------------------------------------------------------------------- */

#define AMD_RING_SHIFT   8 /* commands and events are a page each */
#define AMD_RING_ENTRIES (1U << AMD_RING_SHIFT)

#define AMD_KEPT_REGISTERS 5
#define AMD_MSI_REGISTERS  4

struct amd_unit {
	const struct jailhouse_iommu *config; /* NULL: there is no such unit */
	u32 number;
	void *regs;
	struct amd_command *commands;
	u32 command_tail;
	u64 waits_done; /* written by the unit */
	struct amd_event *events;
	u32 event_head;
	bool can_interrupt, interrupts; /* on the next event */
	u64 found[AMD_KEPT_REGISTERS];
	u32 found_msi[AMD_MSI_REGISTERS];
};

static inline u64 amd_read(const struct amd_unit *unit, u32 reg)
{
	return mmio_read64(mmio_reg(unit->regs, reg));
}

static inline void amd_write(const struct amd_unit *unit, u32 reg, u64 value)
{
	mmio_write64(mmio_reg(unit->regs, reg), value);
}

/** Is there a capability at offset whose first word is kind, of these bits? */
bool amd_has_capability(const struct amd_unit *unit, u8 offset, u32 bits, u32 kind);

/** Wait until the unit has stopped what these bits of its status say is running. */
void amd_wait_stopped(const struct amd_unit *unit, u64 bits);

/* --- events (amd_iommu_events.c); the unit is on, one caller at a time ------------------------ */

/** Report what is in the log. If there is anything the unit interrupts no more; true: it has, or is about to. */
bool amd_events_report(struct amd_unit *unit);

/** Shall the unit interrupt when the next event comes? Once: those that follow wait for amd_events_report(). */
void amd_events_interrupt(struct amd_unit *unit, bool on);

/* --- a unit's own interrupt (amd_iommu_msi.c); without an MSI capability in the configuration there is none -- */

/** -errno with refuse() if the capability is not there. Changes nothing. */
int amd_msi_init(struct amd_unit *unit);

/** Events are NMIs to the CPU with that APIC ID; none if it is beyond what a message can name. */
void amd_msi_send_to(struct amd_unit *unit, u32 apic_id);

/** As amd_msi_init() found it. The unit is off. */
void amd_msi_restore(const struct amd_unit *unit);

#endif
