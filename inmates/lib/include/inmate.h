/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What a bare-metal inmate may use. The library starts the first CPU, sets up stack,
 * exception vectors, page tables, caches and console, and calls inmate_main().
 *
 * All of it may be called on any CPU of the cell unless stated otherwise; nothing is
 * locked, so CPUs that share a console or the heap take care of each other.
 */
#ifndef JAILHOUSE_INMATE_H
#define JAILHOUSE_INMATE_H

#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/hypercall.h>
#include <inmate/text.h>

#define __noreturn __attribute__((noreturn))

#define PAGE_SIZE 4096UL

/* ---- Supplied by the inmate ---- */

/** The inmate's program, on the cell's first CPU. When it returns, the CPU stops. */
void inmate_main(void);

/* ---- Console ---- */

/**
 * Writes to the inmate's console. Understands %c %s %d %i %u %x %X %p %%, the sizes
 * l, ll and z, a width, 0 padding and '-' for left alignment.
 */
void __attribute__((format(printf, 1, 2))) printk(const char *fmt, ...);

/** Writes one character, '\n' as "\r\n" where the console needs it. */
void console_putc(char c);

/** Selects the console; done before inmate_main(). */
void console_init(void);

/* ---- Memory ---- */

/**
 * Takes memory from behind the image; it is never given back. The library does not know
 * where the cell's memory ends: who takes more than there is ends with a failed cell.
 * @align is a power of 2.
 */
void *alloc(unsigned long size, unsigned long align);
/** alloc() and clear. */
void *zalloc(unsigned long size, unsigned long align);

enum map_type { MAP_CACHED, MAP_UNCACHED };

/** Maps all pages that the range touches, at their own addresses. MAP_UNCACHED is for devices. */
void map_range(void *start, unsigned long size, enum map_type map_type);

/* ---- CPU and time ---- */

/** Waits for at least that long. */
void delay_us(unsigned long microsecs);

/** Sleeps for ever, taking interrupts if they are enabled. */
void __noreturn halt(void);

/** Sleeps for ever with interrupts disabled. */
void __noreturn stop(void);

/* ---- Interrupts ---- */

typedef void (*irq_handler_t)(unsigned int irq);

/** Prepares the interrupt controller; @handler is called with interrupts disabled. */
void irq_init(irq_handler_t handler);
void irq_enable(unsigned int irq);
/** Sends interrupt @irq to CPU @cpu_id of the cell. */
void irq_send_ipi(unsigned int cpu_id, unsigned int irq);

/* ---- Communication region ---- */

#define comm_region ((struct jailhouse_comm_region *)COMM_REGION_BASE)

/**
 * Answers the message from the hypervisor, if there is one. @allow_shutdown says what a
 * shutdown request gets. Returns true once a shutdown request was approved: the inmate is then
 * expected to finish, set the cell state to JAILHOUSE_CELL_SHUT_DOWN and stop().
 */
bool comm_handle_message(bool allow_shutdown);

/** Reports the cell as shut down and stops. */
void __noreturn comm_shut_down(void);

/* ---- PCI ---- */

#define PCI_ID_ANY 0xffff

/** Call first. Does nothing where the cell has no PCI host; then all reads give ones. */
void pci_init(void);
u32 pci_read_config(u16 bdf, unsigned int addr, unsigned int size);
void pci_write_config(u16 bdf, unsigned int addr, u32 value, unsigned int size);
/** Returns the bdf of the first matching device at or after @start_bdf, or -1. */
int pci_find_device(u16 vendor, u16 device, u16 start_bdf);
/** Returns the offset of the capability, or -1. */
int pci_find_cap(u16 bdf, u16 cap);
void pci_msi_set_vector(u16 bdf, unsigned int vector);
void pci_msix_set_vector(u16 bdf, unsigned int vector, u32 index);

#include <arch/inmate.h>

#endif
