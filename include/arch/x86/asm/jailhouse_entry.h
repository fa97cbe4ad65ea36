/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * x86: how the driver enters the core, and how the core returns. Linux maps nothing of the core executable; the code that
 * goes over is the driver's own, mapped at Linux's address in both worlds.
 *
 * The driver fills the boot tables in the image: HV_BASE maps all of the reserved memory, writable and executable, and the
 * page of the driver's entry code is mapped to its own address. On each CPU, with interrupts off, it sets EFER.SVME, clears
 * GIF, CR4.PGE and CR4.PCIDE, loads CR3 with the tables' root, and jumps to HV_BASE + header.entry with
 *
 *   rdx: number of the CPU  rdi: CR3  r8: Linux's CR3  r9: Linux's CR4  r10: Linux's EFER  r11: where Linux goes on
 *
 * There it finds 0 or a negative errno in rax, and all registers that functions preserve as they were. If the core does not
 * stay (a refusal, or the end of the hypercall DISABLE), it comes back through the driver's leave code, on the boot tables:
 *
 *   rax: result  rdi: Linux's CR3  rsi: Linux's CR4  rdx: Linux's EFER  r8: where Linux goes on
 *   r9: Linux's DS, ES, SS in bits 15:0, 31:16, 47:32
 *
 * with Linux's GDT and IDT loaded, rsp Linux's and GIF clear; that loads CR3, CR4 and the segments, sets GIF and EFER, and
 * jumps to r8. Of the hypercall DISABLE, the caller must expect rcx, rdx, rsi, rdi and r8 to r11 to be changed.
 */
#ifndef JAILHOUSE_ASM_ENTRY_H
#define JAILHOUSE_ASM_ENTRY_H

/* header.driver_data: set in the image */
#define X86_DATA_HV_BASE     0 /* HV_BASE */
#define X86_DATA_BOOT_TABLES 1 /* offset of the boot tables */
/* set by the driver */
#define X86_DATA_LEAVE       2 /* Linux's address of the leave code */
#define X86_DATA_PHYS        3 /* physical address of the reserved memory */

/* Pages of the boot tables */
#define X86_BOOT_ROOT5  0 /* root if Linux uses five levels */
#define X86_BOOT_ROOT   1
#define X86_BOOT_L1     2 /* HV_BASE: 512 GiB */
#define X86_BOOT_L2     3 /* HV_BASE: 1 GiB */
#define X86_BOOT_ENTRY  4 /* three pages, entry code */
#define X86_BOOT_TABLES 8

#endif
