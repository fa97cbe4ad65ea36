/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Hypercalls and the message protocol between the core and a cell.
 */
#ifndef JAILHOUSE_HYPERCALL_H
#define JAILHOUSE_HYPERCALL_H

#include <jailhouse/comm_region.h>
#include <jailhouse/types.h>
#include <asm/jailhouse_hypercall.h>

/* Codes. The result is a negative errno if the call failed. */
#define JAILHOUSE_HC_DISABLE             0
#define JAILHOUSE_HC_CELL_CREATE         1 /* physical address of the configuration */
#define JAILHOUSE_HC_CELL_START          2 /* cell ID */
#define JAILHOUSE_HC_CELL_SET_LOADABLE   3 /* cell ID */
#define JAILHOUSE_HC_CELL_DESTROY        4 /* cell ID */
#define JAILHOUSE_HC_HYPERVISOR_GET_INFO 5 /* JAILHOUSE_INFO_* */
#define JAILHOUSE_HC_CELL_GET_STATE      6 /* cell ID; result: JAILHOUSE_CELL_* */
#define JAILHOUSE_HC_CPU_GET_INFO        7 /* CPU ID, JAILHOUSE_CPU_INFO_* */
#define JAILHOUSE_HC_DEBUG_CONSOLE_PUTC  8 /* character */

/* HYPERVISOR_GET_INFO */
#define JAILHOUSE_INFO_MEM_POOL_SIZE   0
#define JAILHOUSE_INFO_MEM_POOL_USED   1
#define JAILHOUSE_INFO_REMAP_POOL_SIZE 2
#define JAILHOUSE_INFO_REMAP_POOL_USED 3
#define JAILHOUSE_INFO_NUM_CELLS       4

/* CPU_GET_INFO: the state, or a counter JAILHOUSE_CPU_STAT_VMEXITS_* */
#define JAILHOUSE_CPU_INFO_STATE     0
#define JAILHOUSE_CPU_INFO_STAT_BASE 1000

#define JAILHOUSE_CPU_RUNNING 0
#define JAILHOUSE_CPU_FAILED  2 /* terminal until the CPU's cell is destroyed */

/*
 * Counters of all architectures; <asm/jailhouse_hypercall.h> goes on from
 * JAILHOUSE_GENERIC_CPU_STATS.
 */
#define JAILHOUSE_CPU_STAT_VMEXITS_TOTAL      0
#define JAILHOUSE_CPU_STAT_VMEXITS_MMIO       1
#define JAILHOUSE_CPU_STAT_VMEXITS_MANAGEMENT 2
#define JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL  3
#define JAILHOUSE_GENERIC_CPU_STATS           4

/* Counters are kept to 31 bits, so that they differ from an error. */
#define JAILHOUSE_CPU_STAT_MASK 0x7fffffff

#ifndef __ASSEMBLER__

/*
 * Core: put a question (JAILHOUSE_MSG_*) to a cell. An answer to an earlier one is gone before the
 * cell can see this.
 */
static inline void jailhouse_send_msg_to_cell(struct jailhouse_comm_region *comm_region, __u32 msg)
{
	comm_region->reply_from_cell = JAILHOUSE_MSG_NONE;
	jailhouse_comm_barrier();
	comm_region->msg_to_cell = msg;
}

/*
 * Cell: answer the pending question with JAILHOUSE_MSG_*. The question is gone before the core can
 * see the answer and, maybe, put the next one. Whatever the cell wrote before is visible to who
 * sees the answer.
 */
static inline void jailhouse_send_reply_from_cell(struct jailhouse_comm_region *comm_region,
						  __u32 reply)
{
	comm_region->msg_to_cell = JAILHOUSE_MSG_NONE;
	jailhouse_comm_barrier();
	comm_region->reply_from_cell = reply;
}

#endif

#endif
