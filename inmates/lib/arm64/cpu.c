// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Identity of the CPU, and calls to the firmware. */
#include <inmate.h>

unsigned long cpu_affinity(void)
{
	return sysreg_read(mpidr_el1) & MPIDR_AFFINITY_MASK;
}

long psci_call(unsigned long function, unsigned long arg1, unsigned long arg2, unsigned long arg3)
{
	register unsigned long x0 asm("x0") = function;
	register unsigned long x1 asm("x1") = arg1;
	register unsigned long x2 asm("x2") = arg2;
	register unsigned long x3 asm("x3") = arg3;

	asm volatile("hvc #0"
		     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)
		     :
		     : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15",
		       "x16", "x17", "memory");
	/* PSCI returns 32 bits; errors are negative in them. */
	return (int)x0;
}
