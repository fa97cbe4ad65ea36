/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The core's address space at EL2 (48 bits, 4 KiB granule).
 *
 *   0xff00_0000_0000  HV_BASE         the reserved memory, as it lies in physical memory; of the
 *                                     per-CPU areas only the public parts
 *   0xff00_4000_0000  + HV_REMAP      devices (remap pool)
 *   0xff00_8000_0000  LOCAL_CPU_BASE  this CPU's own area, different on each CPU
 *   0xff00_801f_e000                  temporary mappings of this CPU
 *   (physical)                        the 2 MiB around the entry code, while entering and leaving
 */
#ifndef ASM_LAYOUT_H
#define ASM_LAYOUT_H

#define CONFIG_ARCHITECTURE JAILHOUSE_ARM64

#define HV_BASE          0xff0000000000
#define HV_PT_BASE       HV_BASE /* what address 0 of the common tables stands for */
#define HV_L0_INDEX      510
#define HV_L1_ENTRIES    2 /* that all CPUs have in common */
#define HV_L2_INDEX      0 /* of HV_BASE, and how many entries are for the reserved memory */
#define HV_L2_ENTRIES    512
#define HV_REMAP_OFFSET  0x40000000
#define LOCAL_CPU_OFFSET 0x80000000 /* from HV_PT_BASE */
#define LOCAL_CPU_BASE   (HV_BASE + LOCAL_CPU_OFFSET)
#define TEMP_L3_INDEX    510
#define TEMP_BASE        (LOCAL_CPU_BASE + TEMP_L3_INDEX * 4096)

#define PERCPU_STACK_SIZE 8192
/* x0 to x30, rounded up to keep the stack aligned; at the top of the stack. */
#define GUEST_REGS_SIZE   256

#endif
