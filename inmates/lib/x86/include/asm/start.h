/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the first instructions in start.S share with the rest of the library; also for assembly. */
#ifndef JAILHOUSE_INMATE_START_H
#define JAILHOUSE_INMATE_START_H

/* Selectors in the descriptor table of start.S. INMATE_CS is that of the library's own mode. */
#define INMATE_CS32 0x08
#define INMATE_CS64 0x10
#define INMATE_DS   0x18
#ifdef __x86_64__
#define INMATE_CS INMATE_CS64
#else
#define INMATE_CS INMATE_CS32
#endif

#ifndef COMM_REGION_BASE
#define COMM_REGION_BASE 0x100000
#endif

/*
 * All CPUs of a cell begin at the same address at the same time. The one that is first to set
 * BOOT_CPU in the flags of the communication region runs the inmate; the others wait for
 * MEMORY_READY. The flags are the place for that because the core writes them anew at each
 * start, also when the image is not loaded again.
 */
#define COMM_FLAGS_OFFSET     0x14
#define COMM_BOOT_CPU_BIT     31
#define COMM_MEMORY_READY_BIT 30

#define VECTORS          256
#define FIRST_IRQ_VECTOR 32 /* those below are exceptions */

/* Page table entries; SDM 3, 4.4 and 4.5 */
#define PTE_PRESENT       0x001
#define PTE_WRITABLE      0x002
#define PTE_WRITE_THROUGH 0x008
#define PTE_CACHE_DISABLE 0x010
#define PTE_LARGE         0x080

#define LARGE_PAGE_SIZE 0x200000

#endif
