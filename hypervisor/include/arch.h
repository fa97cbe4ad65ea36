/* SPDX-License-Identifier: GPL-2.0-only */
/* What each architecture provides to the core, with the contracts. */
#ifndef ARCH_H
#define ARCH_H

#include <cell.h>
#include <cpu.h>

/* --- setup and shutdown --------------------------------------------------------------------- */

/** What this machine can do. First CPU, before the configuration is checked. */
void arch_describe_machine(struct machine *machine);

/** Refuse a configuration or machine that this architecture cannot serve. First CPU, nothing is changed yet. */
int arch_check_system(const struct jailhouse_system *system);

/** Set up what all CPUs share (interrupt controller's mappings, ...). First CPU. Undone by arch_release(). */
int arch_init(void);

/** Set up the calling CPU, so that only arch_activate() is missing. Undone by arch_cpu_release(). */
int arch_cpu_init(void);

/** From here on the calling CPU's guest is in the root cell. Cannot fail. All CPUs did arch_cpu_init(). */
void arch_cpu_activate(void);

/** Give the calling CPU's hardware back, whether it was activated or not. The caller leaves the core next. */
void arch_cpu_release(void);

/** Leave the core: the guest of this CPU continues as if there were none. result: what its call returns. */
void __attribute__((noreturn)) arch_cpu_leave(long result);

/** Replace the boot page tables of the calling CPU by the final ones. */
void arch_use_final_tables(void);

/* --- memory --------------------------------------------------------------------------------- */

/** Entry attributes for the core's own mappings. */
enum hv_mapping { HV_CODE, HV_RODATA, HV_DATA, HV_DEVICE };
pte_t arch_hv_attributes(enum hv_mapping mapping);

/** Entry attributes for a cell's region. */
pte_t arch_cell_attributes(u64 flags);

/** Forget cached translations of the tables (of the core: of the calling CPU only if local). */
void arch_tlb_flush(const struct page_table *pt);

/** Point the calling CPU's own temporary slot at a page; see map_temporarily(). */
void *arch_map_temporarily(u32 slot, u64 phys, pte_t attributes);

/**
 * Carry out an access to a device at its address in the core, aligned to its size. False: the device answered with a bus
 * error, and access->value of a read is as it was.
 */
bool arch_mmio_try(void *address, struct mmio_access *access);

/**
 * Clean and invalidate the data caches to the point of coherency, for a guest may look at memory past them: over core-mapped
 * memory; over whole pages of physical memory (maps them in TEMP_SLOT_GUEST).
 */
void arch_flush_dcache(const void *start, u64 size);
void arch_flush_memory(u64 phys, u64 size);

/* --- cells ---------------------------------------------------------------------------------- */

/** Refuse what of a cell's configuration this architecture cannot serve. No changes. */
int arch_cell_check(const struct jailhouse_cell_desc *desc);

/** Shape of a cell's page table: its top level and number of concatenated root pages. */
void arch_cell_table_shape(u32 *top_level, u32 *root_pages);

/** Set up the architecture's part of a new cell: MMIO handlers; on error nothing stays. */
int arch_cell_init(struct cell *cell);

/** Release what arch_cell_init() took. */
void arch_cell_exit(struct cell *cell);

/** The cell's interrupts leave the root cell, reset. Root cell suspended. */
void arch_cell_take_irqs(struct cell *cell);

/** The reverse. */
void arch_cell_return_irqs(struct cell *cell);

/** Interrupts that the cell left behind shall not reach its next start. Cell suspended. */
void arch_cell_reset_irqs(struct cell *cell);

/** Fill the architecture's part of a communication region. */
void arch_comm_region_init(struct cell *cell);

/** Where a CPU of a cell begins when that starts; false: it waits, off, until the cell powers it on. */
bool arch_cell_entry(const struct cell *cell, u32 cpu, struct cpu_start *start);

/* --- CPUs ----------------------------------------------------------------------------------- */

/** Does a CPU come here when the root cell switches it off? If not, it halts where the core does not see it. */
bool arch_sees_cpus_off(void);

/** Bring a CPU to cpu_serve() soon. */
void arch_send_event(u32 cpu);

/** The calling CPU's guest shall begin at start, with all its registers as after a reset. */
void arch_cpu_reset(struct cpu_start start);

/** The calling CPU stops running a guest: nothing of the guest's may reach it, and nothing of it stays in registers. */
void arch_cpu_quiesce(void);

/** Wait in the core until an event may have come; handles what else arrives. */
void arch_cpu_wait(void);

/** The guest of the calling CPU sleeps until an interrupt comes for it. */
void arch_cpu_standby(void);

/** Ticks of a clock that counts always, and how many are a millisecond. */
u64 arch_time(void);
u64 arch_time_per_ms(void);

/** True if an interrupt waits for the guest of the calling CPU. */
bool arch_irq_pending(void);

/** Let the guest of the calling CPU take an exception that means a bus error; false if that cannot be. */
bool arch_crash_guest(void);

/** Print the guest registers of the calling CPU. */
void arch_dump_registers(void);

/** Stop this CPU for ever. */
void __attribute__((noreturn)) arch_halt(void);

#endif
