/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The x86 part of the inmate library's interface, for 64-bit and 32-bit inmates.
 *
 * Memory: the gigabyte around the image is mapped as cached RAM, whether the cell has it or not;
 * map_range() adds to this and changes it in pieces of 2 MiB. The last call decides about a piece.
 *
 * Interrupts: IRQ numbers are vectors, 32 to 254. irq_init() enables the local APIC and
 * interrupts on the calling CPU.
 */
#ifndef JAILHOUSE_ARCH_INMATE_H
#define JAILHOUSE_ARCH_INMATE_H

#include <jailhouse/types.h>
#include <asm/inmate.h>
#include <asm/start.h>
#include <asm/sysregs.h>

#define NS_PER_S  1000000000ULL
#define NS_PER_US 1000ULL

/** Whether the hypervisor is there, by CPUID. */
bool jailhouse_detected(void);

/* ---- Exceptions ---- */

/** State of the interrupted program, in the order in which vectors.S saves it. */
struct exception_frame {
#ifdef __x86_64__
	unsigned long r15, r14, r13, r12, r11, r10, r9, r8;
#endif
	unsigned long bp, di, si, dx, cx, bx, ax;
	unsigned long vector;
	unsigned long error_code; /* 0 where the CPU gives none */
	unsigned long ip;
	unsigned long cs;
	unsigned long flags;
#ifdef __x86_64__
	unsigned long sp, ss;
#endif
};

/**
 * Called for vectors below 32; may change the frame (skip the instruction, say). Returns whether
 * it dealt with it; otherwise the state is printed and the CPU stops.
 */
typedef bool (*exception_handler_t)(struct exception_frame *frame);

/** NULL for none. One handler for all CPUs. */
void exception_set_handler(exception_handler_t handler);

/** The library reports exceptions from the start; for inmates that ask for it. */
static inline void excp_reporting_init(void)
{
}

/* ---- Time ---- */

/**
 * Finds out the frequency of the TSC, from the communication region or by comparing it with the
 * PM timer for 0.1 s. Returns it in Hz. Called by the functions that need it.
 */
unsigned long tsc_init(void);

/** Time since the TSC was zero. */
u64 tsc_read_ns(void);

/** Time on the PM timer, from about 0 on. It is lost when nobody asks for 4 seconds. */
u64 pm_timer_read(void);

/** Whether the cell knows a PM timer. */
bool pm_timer_present(void);

/* ---- Local APIC, in x2APIC mode; all of this only after irq_init() on the same CPU ---- */

/** irq_init() for a further CPU. */
void irq_init_cpu(void);

/** Sets the timer of this CPU up to raise @vector. Returns its frequency in kHz. */
unsigned long apic_timer_init(unsigned int vector);

/** Raises the timer's vector once, in that many ns; 0 stops the timer. */
void apic_timer_set(u64 timeout_ns);

/* ---- IO-APIC: the one at its conventional address ---- */

enum ioapic_trigger_mode { TRIGGER_EDGE, TRIGGER_LEVEL_ACTIVE_HIGH, TRIGGER_LEVEL_ACTIVE_LOW };

void ioapic_init(void);
/** Lets the pin raise @vector on the calling CPU. */
void ioapic_pin_set_vector(unsigned int pin, enum ioapic_trigger_mode trigger_mode,
			   unsigned int vector);

/* ---- PCI ---- */

/** Maps a memory BAR of the device and returns its address; NULL if it is none or has no address. */
void *pci_map_bar(u16 bdf, unsigned int bar, unsigned long size);

/* ---- Other CPUs ---- */

/** APIC ID of this CPU. */
unsigned int cpu_id(void);

/** Waits until all CPUs of the cell have come up. They sleep until they are started. */
void smp_wait_for_all_cpus(void);

/** Number of CPUs that have come up besides the first one, and the ID of one of them. */
unsigned int smp_secondary_cpus(void);
unsigned int smp_secondary_id(unsigned int n);

/**
 * Starts CPU @cpu_id (or starts it again), with a stack of its own, in @entry. Returns once it is
 * on its way there. When @entry returns, the CPU stops. Takes memory with alloc() at each call.
 */
void smp_start_cpu(unsigned int cpu_id, void (*entry)(void));

/* ---- Used inside the library ---- */

void x86_start(void);
void idt_init(void);
void idt_load(void);
void x2apic_enable(void);
void irq_dispatch(unsigned int vector);
/** Ends the interrupt at the IO-APIC, if it came from a level-triggered pin. */
void ioapic_end(unsigned int vector);

#endif
