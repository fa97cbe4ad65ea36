/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the driver and the core must agree on to load, enter and read the core.
 *
 * Layout of the reserved memory (system config: hypervisor_memory), from its start:
 *
 *   0            core image as in the firmware file, its header first
 *   image_size   zeroes up to core_size (bss)
 *   core_size    per-CPU areas, max_cpus times percpu_size
 *   + ...        copy of the system configuration, page-aligned start
 *   + ...        page pool, up to the end
 */
#ifndef JAILHOUSE_IMAGE_H
#define JAILHOUSE_IMAGE_H

#include <jailhouse/types.h>

#define JAILHOUSE_IMAGE_SIGNATURE "JHIMAGE2"

/** First bytes of the firmware file. Offsets count from the start of the reserved memory. */
struct jailhouse_image_header {
	char signature[8];

	/* Set when the core is built. */
	__u32 architecture; /* JAILHOUSE_X86, _ARM, _ARM64: several have files of the same name */
	__u32 padding;
	__u32 image_size; /* bytes of the firmware file */
	__u32 core_size; /* image and bss; page-aligned */
	__u32 percpu_size; /* bytes for each CPU; page-aligned */
	__u32 entry; /* offset of the entry point */
	__u32 console_offset; /* struct jailhouse_console_page */
	__u32 report_offset; /* struct jailhouse_report, alone on its page */
	__u32 min_pool_size; /* bytes that the page pool needs at least */

	/* Set by the driver before it enters the core. */
	__u32 max_cpus; /* number of per-CPU areas: highest CPU number + 1 */
	__u32 online_cpus; /* number of CPUs that are going to enter */
	__u32 clock_khz; /* x86: rate of the TSC as Linux knows it, or 0 */
	__u64 driver_data[4]; /* architecture's: x86 uses it, zero on Arm */
} __attribute__((packed));

/**
 * Ring buffer with the hypervisor's console output, written by the core only.
 * tail counts every byte ever written; byte n is at content[n % sizeof(content)].
 * The driver reads tail, copies, reads tail again: what is older than
 * tail - sizeof(content) is lost.
 */
struct jailhouse_console_page {
	__u32 tail;
	__u32 busy; /* nonzero while the core writes */
	char content[4096 - 8];
} __attribute__((packed));

#define JAILHOUSE_DMA_FAULT_READ      0
#define JAILHOUSE_DMA_FAULT_WRITE     1
#define JAILHOUSE_DMA_FAULT_INTERRUPT 2
#define JAILHOUSE_DMA_FAULT_OTHER     3 /* a table or a request that is broken */

/** What devices tried and an IOMMU blocked. */
struct jailhouse_dma_faults {
	__u32 sequence; /* changes with each write; odd while the core writes */
	__u32 count; /* since the hypervisor was enabled; the others tell of the last one */
	__u64 address; /* as the device sees memory */
	__u16 device; /* bus << 8 | device << 3 | function */
	__u16 kind; /* JAILHOUSE_DMA_FAULT_* */
	__u32 padding;
} __attribute__((packed));

/** What the core reports: why it refused the last request, in a sentence for a person, without a newline. */
struct jailhouse_report {
	__u32 sequence; /* counts refusals; an unchanged value means: no reason given */
	char text[252]; /* NUL-terminated */
	struct jailhouse_dma_faults dma_faults; /* nothing to do with refusals */
} __attribute__((packed));

/**
 * Bit in the address given to JAILHOUSE_HC_CELL_CREATE: check the request (all but
 * that the cell's CPUs are offline in the root cell) and change nothing.
 */
#define JAILHOUSE_CELL_CREATE_CHECK_ONLY 1

/**
 * Bit in the cell ID given to JAILHOUSE_HC_CELL_START, _SET_LOADABLE and _DESTROY: while the
 * cell has not yet answered whether it agrees, return -EAGAIN instead of waiting. Nothing was
 * changed; the question stays, and the next such call goes on waiting for its answer.
 */
#define JAILHOUSE_CELL_DO_NOT_WAIT 0x80000000U

#endif
