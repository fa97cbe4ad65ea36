/* SPDX-License-Identifier: GPL-2.0-only */
/* The architecture's, but for instructions that a program must not execute, or that say what the host is: the test is the CPU. */
#ifndef FAKE_X86_REGS_H
#define FAKE_X86_REGS_H

#define read_msr             hardware_read_msr
#define write_msr            hardware_write_msr
#define cpuid(leaf, subleaf) hardware_cpuid(leaf, subleaf)
#include_next <asm/x86_regs.h>
#undef read_msr
#undef write_msr
#undef cpuid

u64 read_msr(u32 msr);
void write_msr(u32 msr, u64 value);
struct cpuid cpuid(u32 leaf, u32 subleaf);

#endif
