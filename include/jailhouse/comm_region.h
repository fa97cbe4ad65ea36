/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Communication region: what the core tells a cell about its platform, and the two mailboxes
 * between them. This is the part that all architectures share; <asm/jailhouse_hypercall.h>
 * completes struct jailhouse_comm_region.
 */
#ifndef JAILHOUSE_COMM_REGION_H
#define JAILHOUSE_COMM_REGION_H

#include <jailhouse/console.h>
#include <jailhouse/types.h>

/* 6 characters; the terminating NUL is not part of the signature. */
#define COMM_REGION_MAGIC        "JHCOMM"
#define COMM_REGION_ABI_REVISION 2

/* Questions to a cell */
#define JAILHOUSE_MSG_NONE               0
#define JAILHOUSE_MSG_SHUTDOWN_REQUEST   1 /* answer: REQUEST_DENIED or REQUEST_APPROVED */
#define JAILHOUSE_MSG_RECONFIG_COMPLETED 2 /* answer: RECEIVED */

/* Answers of a cell */
#define JAILHOUSE_MSG_UNKNOWN          1
#define JAILHOUSE_MSG_REQUEST_DENIED   2
#define JAILHOUSE_MSG_REQUEST_APPROVED 3
#define JAILHOUSE_MSG_RECEIVED         4

/* Cell states; a cell sets its own, the core sets FAILED and FAILED_COMM_REV. */
#define JAILHOUSE_CELL_RUNNING         0
#define JAILHOUSE_CELL_RUNNING_LOCKED  1 /* refuses changes to any cell */
#define JAILHOUSE_CELL_SHUT_DOWN       2
#define JAILHOUSE_CELL_FAILED          3
#define JAILHOUSE_CELL_FAILED_COMM_REV 4 /* the core does not speak the cell's revision */

/* Flags */
#define JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED 0x0001
#define JAILHOUSE_COMM_FLAG_DBG_PUTC_ACTIVE    0x0002

#define JAILHOUSE_COMM_HAS_DBG_PUTC_PERMITTED(flags) \
	((JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED & (flags)) != 0)
#define JAILHOUSE_COMM_HAS_DBG_PUTC_ACTIVE(flags) \
	((JAILHOUSE_COMM_FLAG_DBG_PUTC_ACTIVE & (flags)) != 0)

#ifndef __ASSEMBLER__

/* The part before the architecture's own fields; 64 bytes. */
#define COMM_REGION_GENERIC_HEADER                                            \
	char signature[6]; /* COMM_REGION_MAGIC */                            \
	__u16 revision; /* COMM_REGION_ABI_REVISION */                        \
	volatile __u32 cell_state; /* JAILHOUSE_CELL_*, by the cell */        \
	volatile __u32 msg_to_cell; /* by the core, zeroed by the cell */     \
	volatile __u32 reply_from_cell; /* by the cell, zeroed by the core */ \
	__u32 flags; /* JAILHOUSE_COMM_FLAG_* */                              \
	struct jailhouse_console console;                                     \
	__u64 pci_mmconfig_base /* 0: none */

/*
 * Packed as all of the interface, but known to be aligned: mailboxes have to be read and written in
 * one piece.
 */
#define COMM_REGION_ATTRIBUTES __attribute__((packed, aligned(4)))

/*
 * Orders accesses to the communication region, as seen by all CPUs ("dmb ish" on Arm, nothing but
 * order on x86).
 */
static inline void jailhouse_comm_barrier(void)
{
	__atomic_thread_fence(__ATOMIC_ACQ_REL);
}

#endif

#endif
