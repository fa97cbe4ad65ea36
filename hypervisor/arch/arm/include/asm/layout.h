/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The core's address space in Hyp mode (32 bits, LPAE, 4 KiB granule).
 *
 *   0x1000_0000  HV_BASE         the reserved memory, as it lies in physical memory; of the
 *                                per-CPU areas only the public parts
 *   0x3000_0000  + HV_REMAP      devices (remap pool)
 *   0x4000_0000  LOCAL_CPU_BASE  this CPU's own area, different on each CPU
 *   0x401f_e000                  temporary mappings of this CPU
 *   (physical)                   the 2 MiB around the entry code, while entering and leaving
 *
 * The reserved memory cannot begin below 1 GiB, nor where the own area is: its entry code is mapped to itself.
 */
#ifndef ASM_LAYOUT_H
#define ASM_LAYOUT_H

#define CONFIG_ARCHITECTURE JAILHOUSE_ARM

#define HV_BASE          0x10000000
#define HV_PT_BASE       0 /* what address 0 of the common tables stands for */
#define HV_L1_ENTRIES    1 /* that all CPUs have in common */
#define HV_L2_INDEX      128 /* of HV_BASE, and how many entries are for the reserved memory */
#define HV_L2_ENTRIES    256
#define HV_REMAP_OFFSET  0x20000000
#define LOCAL_CPU_BASE   0x40000000
#define LOCAL_CPU_OFFSET LOCAL_CPU_BASE /* from HV_PT_BASE */
#define TEMP_L3_INDEX    510
#define TEMP_BASE        (LOCAL_CPU_BASE + TEMP_L3_INDEX * 4096)

#define PERCPU_STACK_SIZE 8192
/* r0 to r12, the user mode's r14, rounded up to keep the stack aligned; at the top of the stack. */
#define GUEST_REGS_SIZE   64

#endif
