/* SPDX-License-Identifier: GPL-2.0-only */
/* Lists of attacks, one for each file attacks-*.c, and what they share. */
#ifndef JAILHOUSE_TESTS_ATTACK_LISTS_H
#define JAILHOUSE_TESTS_ATTACK_LISTS_H

#include "attack.h"

extern const struct attack memory_attacks[], mmio_attacks[], port_attacks[], msr_attacks[],
	apic_attacks[], cpu_attacks[], svm_attacks[], smp_attacks[], pci_attacks[], dma_attacks[],
	hypercall_attacks[];

/* Of qemu-x86 */
#define HYPERVISOR 0x3a000000UL
#define ROOT_RAM   0x02000000UL

/** Where to go on after an exception; 0: nowhere. Set by ATTEMPT. */
extern volatile unsigned long resume_address;

/**
 * One instruction that may fault; then it has no effect and exceptions_taken() tells. Operands
 * follow as in asm().
 */
#define ATTEMPT(instruction, ...)                                                                  \
	asm volatile("movq $.Lresume%=, resume_address(%%rip)\n\t" instruction "\n.Lresume%=:\n\t" \
		     "movq $0, resume_address(%%rip)" __VA_ARGS__)

/** ATTEMPTs to read an MSR. Returns whether it could. */
bool attempt_read_msr(u32 msr, u64 *value);
bool attempt_write_msr(u32 msr, u64 value);

/** NMIs taken so far. */
unsigned int nmis_taken(void);

/** Counts interrupts of any vector on this CPU from now on, and acknowledges them. */
void count_interrupts(void);
unsigned int interrupts_counted(void);

#endif
