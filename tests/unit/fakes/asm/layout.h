/* SPDX-License-Identifier: GPL-2.0-only */
/* Instead of the architecture's: the core's address space is an array, and each CPU's area a part of it. */
#ifndef ASM_LAYOUT_H
#define ASM_LAYOUT_H

#include <jailhouse/types.h>

#define PERCPU_STACK_SIZE 8192

extern u8 fake_memory[];
extern u64 fake_local_cpu;

#define HV_BASE        ((u64)(uintptr_t)fake_memory)
#define LOCAL_CPU_BASE fake_local_cpu

#endif
