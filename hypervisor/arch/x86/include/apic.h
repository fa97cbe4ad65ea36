/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The local APIC. Guests use the real one of their CPU; only what could reach other CPUs, or bring the own one
 * out of the guest's reach (SMI, INIT), comes here. The core itself sends nothing but NMIs, and takes nothing but these.
 *
 * Of struct arch_cpu_public these functions write apic_id, ldr and x2apic, each CPU its own, and nmi_pending of any.
 */
#ifndef APIC_H
#define APIC_H

#include <mmio_dispatch.h>

/* --- setup ---------------------------------------------------------------------------------- */

/**
 * Look at the calling CPU's APIC and record what it is; changes nothing in it, so that there is nothing to undo. One CPU at a
 * time, the first maps the registers. -ENOMEM. -ENODEV: off, or not at its usual place. -EINVAL: not in the mode that the
 * configuration demands, or in xAPIC mode with logical destinations in clusters, which the core does not know.
 */
int apic_cpu_init(void);

/* --- events --------------------------------------------------------------------------------- */

/**
 * NMI to any CPU, the calling one included. From any context of the core; what was written to memory before is visible
 * to the receiver. A half-written interrupt command of the guest stays as it is.
 */
void apic_send_event(u32 cpu);

/* --- CPUs ----------------------------------------------------------------------------------- */

/**
 * The calling CPU's APIC as after INIT: software-disabled, nothing requested or in service, timer off; in the mode of its cell:
 * for the root cell as Linux had that CPU, else x2APIC if the CPU has it. From arch_cpu_reset(), with the lock of the own
 * cpu_public held: an event that arrives meanwhile may be lost, but the request it stands for is seen, for cpu_serve() looks
 * again. A guest NMI that waits is forgotten.
 */
void apic_cpu_reset(void);

/** Nothing of the calling CPU's APIC fires any more, and no fixed interrupt is accepted; NMIs still are. */
void apic_cpu_quiesce(void);

/** True if an interrupt waits in the calling CPU's APIC. */
bool apic_irq_pending(void);

/* --- what guests do with it ----------------------------------------------------------------- */

/**
 * Access of the root cell to the APIC page; address is relative to its start. Reads need not come here (map it read-only).
 * Also the handler for mmio_add(). REFUSED: not four aligned bytes.
 */
enum mmio_result apic_mmio_access(struct mmio_access *access);

/**
 * Accesses to MSRs 0x800 to 0x83f that exit, on CPUs with and without x2APIC; false: the guest gets #GP. Every cell but the
 * root cell speaks x2APIC, the root cell's CPU if it is in that mode.
 */
bool apic_msr_read(u32 msr, u64 *value);
bool apic_msr_write(u32 msr, u64 value);

/** Shall accesses to that MSR (0x800 to 0x83f) exit on a CPU that has x2APIC? On a CPU without it all shall. An initialized CPU. */
bool apic_msr_intercepted(u32 msr, bool write);

/** IA32_APIC_BASE as the guest of the calling CPU sees it. It may write nothing else: modes are the core's. */
u64 apic_base_read(void);

#endif
