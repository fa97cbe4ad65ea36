/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The core's address space: the last entry of the root table, which Linux does not use below its EFI mappings
 * (Documentation/arch/x86/x86_64/mm.rst), so that nothing global of Linux is cached for it.
 *
 *   0xffff_ff80_0000_0000  HV_BASE         the reserved memory, as it lies in physical memory; of the
 *                                          per-CPU areas only the public parts
 *   0xffff_ff80_4000_0000  + HV_REMAP      devices (remap pool)
 *   0xffff_ff80_8000_0000  LOCAL_CPU_BASE  this CPU's own area, different on each CPU
 *   0xffff_ff80_801f_e000                  temporary mappings of this CPU
 *   (Linux's address)                      the driver's entry code, while entering and leaving
 */
#ifndef ASM_LAYOUT_H
#define ASM_LAYOUT_H

#define CONFIG_ARCHITECTURE JAILHOUSE_X86

#define HV_BASE          0xffffff8000000000
#define HV_PT_BASE       HV_BASE /* what address 0 of the common tables stands for */
#define HV_L0_INDEX      511
#define HV_REMAP_OFFSET  0x40000000
#define LOCAL_CPU_OFFSET 0x80000000
#define LOCAL_CPU_BASE   (HV_BASE + LOCAL_CPU_OFFSET)
#define TEMP_L3_INDEX    510
#define TEMP_BASE        (LOCAL_CPU_BASE + TEMP_L3_INDEX * 4096)

#define PERCPU_STACK_SIZE 8192
/* RAX to R15, at the top of the stack. */
#define GUEST_REGS_SIZE   128

/* The core's segments; Linux has the same selectors, so that leaving need not reload CS. */
#define CORE_CS 0x10
#define CORE_DS 0x18

#endif
