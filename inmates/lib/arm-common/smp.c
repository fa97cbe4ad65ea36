// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Starting further CPUs. */
#include <inmate.h>
#include <asm/smp.h>

#define STACK_SIZE 2048UL

/** What start.S finds at the address that a started CPU is given; offsets are known there. */
struct smp_boot {
	unsigned long stack_top;
	void (*entry)(void);
};

long psci_cpu_on(unsigned long mpidr, void (*entry)(void))
{
	struct smp_boot *boot = alloc(sizeof(*boot), sizeof(*boot));

	boot->stack_top = (unsigned long)alloc(STACK_SIZE, 16) + STACK_SIZE;
	boot->entry = entry;
	/* The new CPU reads it before it switches its caches on. */
	dcache_clean(boot, sizeof(*boot));
	return psci_call(PSCI_NATIVE(PSCI_CPU_ON), mpidr, (unsigned long)secondary_start,
			 (unsigned long)boot);
}
