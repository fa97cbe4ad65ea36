/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ASM_PERCPU_H
#define ASM_PERCPU_H

#include <arm_cpu.h>
#include <asm/layout.h>
#include <asm/pte.h>

/** The guest's registers that Hyp mode shares with it, at the top of the CPU's stack; [13]: user mode's r14. */
struct guest_regs {
	unsigned long x[14];
	unsigned long padding[2];
};

/**
 * Page tables of one CPU: its root, the table for entering and leaving with the MMU off, and those of its own area.
 */
struct arch_boot_tables {
	pte_t l2_identity[512];
	pte_t l2_local[512];
	pte_t l3_local[512];
	pte_t l1[4] __attribute__((aligned(32)));
};

#endif
