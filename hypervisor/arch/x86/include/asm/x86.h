/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of this architecture share. */
#ifndef ASM_X86_H
#define ASM_X86_H

#include <cpu.h>

/** The guest's registers, where the exit stored them. */
static inline struct guest_regs *guest_regs(void)
{
	return (void *)(LOCAL_CPU_BASE + PERCPU_STACK_SIZE - sizeof(struct guest_regs));
}

/** Physical address of the calling CPU's area. */
u64 x86_local_phys(void);

/** For the calling CPU to walk: the root of the cell's nested tables. */
u64 x86_nested_root(const struct cell *cell);

/** The host, and so nested paging, has five levels, as Linux has. */
bool x86_has_five_levels(void);

/** struct cpu_start.context: begin at a segment's start, as a SIPI has it; else in the 64 KiB that the address lies in. */
#define X86_START_SIPI 1

/** Floating point, vector and debug registers as after a reset. */
void x86_reset_fpu(void);

/** What this CPU's page tables can do. First CPU, before the first mapping. */
void x86_detect_page_sizes(void);

/** Fill the permission maps for MSRs. First CPU. */
void x86_allow_msrs(void);

/** A guest's port bitmap from its configuration; -ENOMEM. */
int x86_ports_init(struct cell *cell);
void x86_ports_exit(struct cell *cell);
/** Refuse port ranges that no configuration must have, nor a system's; those that a new cell cannot have. Pure. */
int x86_ports_check_system(const struct jailhouse_system *system);
int x86_ports_check(const struct jailhouse_cell_desc *desc);
int x86_ports_check_owners(const struct jailhouse_cell_desc *desc);
/** The cell's ports leave the root cell (take), or come back. Root cell suspended. */
void x86_ports_move(const struct cell *cell, bool take);

/**
 * An access of a CPU of the cell, of 1, 2 or 4 bytes, to ports 0xcf8 to 0xcff; access->address does not matter. Where nothing is, reads are
 * ~0 and writes are ignored. False: a violation.
 */
bool pci_port_access(struct cell *cell, u16 port, struct mmio_access *access);

/** Copy from the guest's linear address, as the guest's tables have it; the bytes that could be read. Never beyond a page. */
u32 x86_read_guest(u64 linear, u8 *bytes, u32 size);
/**
 * The guest-physical address of a linear one, INVALID_PHYS if there is none. needed: bits that its tables' entries must have,
 * PTE_WRITE, PTE_USER.
 */
u64 x86_guest_translate(u64 linear, u64 needed);

/** Use the core's segments and interrupt table on this CPU. */
void x86_load_tables(void);
/** Let interrupts that are pending be delivered to the core, which ignores them; they are in service then. */
void x86_take_irqs(void);

/** Called by the driver's entry code through entry.S. */
u64 x86_boot_map(struct per_cpu *cpu);
void x86_entered(void);

/* In entry.S */
extern char x86_exception_stubs[], x86_irq_entry[];
/** Let an NMI that is pending be delivered to the core, which notes whether it was its own. */
void x86_take_nmi(void);
/** Interrupts that are pending are delivered. */
void x86_open_irq_window(void);
/** Sleep until an NMI comes, or has come since the core was entered. */
void x86_wait_nmi(void);
void x86_leave(long result, const struct linux_state *before, u64 boot_cr3, u64 leave)
	__attribute__((noreturn));

#endif
