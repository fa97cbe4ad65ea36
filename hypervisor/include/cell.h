/* SPDX-License-Identifier: GPL-2.0-only */
/* Cells: what they are, and their life from create to destroy. */
#ifndef CELL_H
#define CELL_H

#include <asm/cell.h>
#include <config.h>
#include <jailhouse/hypercall.h>
#include <mmio_dispatch.h>
#include <pagetable.h>
#include <test_device.h>

#define CPU_SET_WORDS (MAX_CPUS / 32)

struct cell {
	const struct jailhouse_cell_desc *config; /* root: part of the system configuration */
	struct cell *next; /* root cell first */
	u32 cpus[CPU_SET_WORDS]; /* CPUs that belong to the cell now */
	struct page_table memory; /* what its CPUs see */
	struct jailhouse_comm_region
		*comm; /* a page of its own; the guest may write it: never trust it */
	u64 message_deadline; /* arch_time() until which a reply may come; 0: no message is out */
	bool loadable; /* the root cell may write the LOADABLE regions */
	bool failed; /* a violation ended it */
	struct mmio_map mmio;
	u8 test_registers[TEST_DEVICE_SIZE]; /* see test_device.h */
	struct arch_cell arch;
};

extern struct cell root_cell;
extern u32 num_cells; /* the root cell included */

#define for_each_cell(cell)          for ((cell) = &root_cell; (cell); (cell) = (cell)->next)
#define for_each_non_root_cell(cell) for ((cell) = root_cell.next; (cell); (cell) = (cell)->next)

#define for_each_region(mem, desc)                     \
	for ((mem) = jailhouse_cell_mem_regions(desc); \
	     (mem) < jailhouse_cell_mem_regions(desc) + (desc)->num_memory_regions; (mem)++)

/** First CPU of the set at or after cpu, MAX_CPUS if there is none. */
u32 cpu_set_next(const u32 *set, u32 cpu);

#define for_each_cpu(cpu, set) \
	for ((cpu) = cpu_set_next(set, 0); (cpu) < MAX_CPUS; (cpu) = cpu_set_next(set, (cpu) + 1))

/** The cell with that ID, NULL if there is none. On CPUs of the root cell only: these are suspended while the list changes. */
struct cell *cell_find(u32 id);

/** Set up the root cell's object from the checked system configuration; -ENOMEM and the architecture's errors. */
int root_cell_init(void);

/*
 * The management hypercalls. Called on a CPU of the root cell with the management lock held. They check
 * the whole request first; from the first change on they cannot fail.
 * request: a cell ID, maybe with JAILHOUSE_CELL_DO_NOT_WAIT: then -EAGAIN, with nothing changed, as long as the cell has
 * not answered. Without it HYPERCALL_RETRY: the caller shall handle its interrupts and ask again.
 */
#define HYPERCALL_RETRY (-512)
long cell_create(u64 config_address);
long cell_start(u32 request);
long cell_set_loadable(u32 request);
long cell_destroy(u32 request);
long cell_get_state(u32 id);

/** After a violation: mark the cell of this CPU failed and make its other CPUs stop. Not for the root cell. */
void cell_fail(struct cell *cell);

/** End the calling cell on its own request (firmware's power off, reset): all its CPUs stop, state: shut down. */
void cell_end(struct cell *cell);

#endif
