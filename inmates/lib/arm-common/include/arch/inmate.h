/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The Arm part of the inmate library's interface, the same for 32 and 64 bits. */
#ifndef JAILHOUSE_ARCH_INMATE_H
#define JAILHOUSE_ARCH_INMATE_H

#include <jailhouse/types.h>
#include <asm/inmate.h>

#ifndef COMM_REGION_BASE
#define COMM_REGION_BASE 0x80000000
#endif

/* ---- Generic timer: the virtual timer, whose interrupt is a PPI on every board ---- */

#define TIMER_IRQ 27

unsigned long timer_get_frequency(void);
u64 timer_get_ticks(void);
u64 timer_ticks_to_ns(u64 ticks);
/** Raises TIMER_IRQ on this CPU in @timeout ticks; does not repeat. */
void timer_start(u64 timeout);
/** Silences the timer: its interrupt stays asserted otherwise. */
void timer_stop(void);

/* ---- Other CPUs ---- */

#define PSCI_SUCCESS            0
#define PSCI_NOT_SUPPORTED      (-1)
#define PSCI_INVALID_PARAMETERS (-2)
#define PSCI_DENIED             (-3)
#define PSCI_ALREADY_ON         (-4)
#define PSCI_ON_PENDING         (-5)

#define PSCI_VERSION        0x84000000
#define PSCI_CPU_OFF        0x84000002
#define PSCI_SYSTEM_OFF     0x84000008
#define PSCI_SYSTEM_RESET   0x84000009
#define PSCI_FEATURES       0x8400000a
/* Functions that take an address: PSCI_FN64 of it on 64-bit CPUs. */
#define PSCI_CPU_SUSPEND    0x84000001
#define PSCI_CPU_ON         0x84000003
#define PSCI_AFFINITY_INFO  0x84000004
#define PSCI_FN64(function) ((function) | 0x40000000)

#define PSCI_AFFINITY_ON         0
#define PSCI_AFFINITY_OFF        1
#define PSCI_AFFINITY_ON_PENDING 2

/** Calls firmware, that is the hypervisor; by hvc. */
long psci_call(unsigned long function, unsigned long arg1, unsigned long arg2, unsigned long arg3);

/**
 * Starts CPU @mpidr (its affinity bits) with a stack of its own, page tables and vectors
 * like the caller's, in @entry. Returns a PSCI error code. When @entry returns, the CPU turns
 * itself off. Takes memory with alloc() at each call.
 */
long psci_cpu_on(unsigned long mpidr, void (*entry)(void));

/** Affinity bits of this CPU's MPIDR. */
unsigned long cpu_affinity(void);

/** irq_init() for a further CPU. */
void irq_init_cpu(void);

/** MMIO address of this CPU's redistributor; NULL before irq_init() and with GICv2. */
void *gicv3_redistributor(void);

/* ---- Used inside the library ---- */

void arm_start(void);
void irq_dispatch(void);
void map_init(void);
/** Switches MMU and caches of this CPU on, with the tables made by map_init(). Uses no stack. */
void mmu_enable(void);
/** Writes cached data back to where CPUs without caches see it. */
void dcache_clean(const void *start, unsigned long size);

#endif
