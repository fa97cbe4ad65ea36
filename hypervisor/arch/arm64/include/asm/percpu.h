/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ASM_PERCPU_H
#define ASM_PERCPU_H

#include <arm_cpu.h>
#include <asm/layout.h>
#include <asm/pte.h>

/** The guest's general purpose registers, at the top of the CPU's stack. */
struct guest_regs {
	unsigned long x[31];
	unsigned long padding;
};

/**
 * Page tables of one CPU: its root, the tables for entering and leaving with the MMU off, and those of its own area.
 */
struct arch_boot_tables {
	pte_t l0[512];
	pte_t l1[512]; /* HV_BASE: [0] reserved memory, [1] devices, [2] own area */
	pte_t l1_identity[512];
	pte_t l2_identity[512];
	pte_t l2_local[512];
	pte_t l3_local[512];
};

#endif
