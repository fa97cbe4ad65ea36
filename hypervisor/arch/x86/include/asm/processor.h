/* SPDX-License-Identifier: GPL-2.0-only */
/* Instructions that C has no word for. */
#ifndef ASM_PROCESSOR_H
#define ASM_PROCESSOR_H

/** In a loop that waits for another CPU. */
static inline void cpu_relax(void)
{
	asm volatile("pause" : : : "memory");
}

/** Earlier writes to memory are visible to all CPUs before later ones to devices. */
static inline void arch_device_barrier(void)
{
	asm volatile("mfence" : : : "memory");
}

#endif
