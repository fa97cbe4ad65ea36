/* SPDX-License-Identifier: GPL-2.0-only */
/* Instructions that C has no word for. Nothing on the host, where the rules are tested. */
#ifndef ASM_PROCESSOR_H
#define ASM_PROCESSOR_H

#if defined(__aarch64__) || defined(__arm__)
#define INSTRUCTION(text) asm volatile(text : : : "memory")
#else
#define INSTRUCTION(text)
#endif

/** In a loop that waits for another CPU. */
static inline void cpu_relax(void)
{
	INSTRUCTION("yield");
}

/** Earlier writes to memory are visible to all CPUs before later ones to devices. */
static inline void arch_device_barrier(void)
{
	INSTRUCTION("dsb ishst");
}

#endif
