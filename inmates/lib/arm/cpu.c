// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Identity of the CPU, and calls to the firmware. */
#include <inmate.h>

unsigned long cpu_affinity(void)
{
	return sysreg_read(SYSREG_MPIDR) & MPIDR_AFFINITY_MASK;
}

long psci_call(unsigned long function, unsigned long arg1, unsigned long arg2, unsigned long arg3)
{
	register unsigned long r0 asm("r0") = function;
	register unsigned long r1 asm("r1") = arg1;
	register unsigned long r2 asm("r2") = arg2;
	register unsigned long r3 asm("r3") = arg3;

	asm volatile(".arch_extension virt\n\t"
		     "hvc #0"
		     : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3)
		     :
		     : "memory");
	return r0;
}
