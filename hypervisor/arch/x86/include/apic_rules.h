/* SPDX-License-Identifier: GPL-2.0-only */
/* Who may send what to whom, and what may be written to a local APIC. Pure, but for the public parts of CPUs. */
#ifndef APIC_RULES_H
#define APIC_RULES_H

#include <cpu.h>

/**
 * -EINVAL: a memory region of this configuration, root or not, covers the page of registers at address of what is named: a
 * local APIC or IO-APIC, which are never regions.
 */
int apic_check_regions(const struct jailhouse_cell_desc *desc, const char *what, u64 address);

/** Is this CPU's APIC in x2APIC mode, as its guest sees it? Cells other than the root cell know nothing else. */
bool apic_speaks_x2apic(const struct cpu_public *cpu);

/** LDR as the guest of the CPU sees it: in xAPIC mode bits 31:24, else cluster and member. */
u32 apic_logical_id(const struct cpu_public *cpu);

/** The CPUs of the cell that a message or interrupt command with this destination means. */
void apic_targets(const struct cell *cell, u32 destination, bool logical, u32 *targets);

/**
 * The CPUs that an interrupt command of CPU self may reach: only CPUs of the cell; lowest priority: one at most. icr: in x2APIC
 * layout, destination in bits 63:32 (from xAPIC: eight bits of it). None if it is illegal, or never leaves the rules (SMI,
 * ExtINT, remote read, INIT de-assert).
 */
void apic_resolve_icr(const struct cell *cell, u32 self, u64 icr, u32 *targets);

/** What a guest may do with a register in x2APIC mode. */
enum apic_access {
	APIC_DIRECT, /* as it likes: nothing of it leaves the CPU */
	APIC_FILTERED, /* exists, but a rule decides */
	APIC_DENIED, /* reserved, read-only, write-only, or unknown: #GP */
};
enum apic_access apic_register_access(u32 reg, bool write);

/** The CPU that an LVT entry is written on, and who writes. */
struct apic_lvt_owner {
	bool root; /* the root cell has the legacy interrupt controller: ExtINT on LINT0 */
	bool deadline; /* there is a TSC-deadline timer */
	u32 count; /* LVT entries that exist (version register) */
};

enum apic_lvt_result {
	APIC_LVT_OK,
	APIC_LVT_IGNORED, /* no such entry; or a delivery mode that would take the CPU from the core: keeps its value */
	APIC_LVT_RESERVED, /* reserved bits: x2APIC mode says #GP, xAPIC mode ignores them */
};

/** May the entry become *value? Afterwards *value has no bit that could fault when written in x2APIC mode, unless IGNORED. */
enum apic_lvt_result apic_check_lvt(struct apic_lvt_owner owner, u32 reg, u32 *value);

/** Is it the register of an entry of the local vector table; and does that exist if there are count? */
bool apic_is_lvt(u32 reg);
bool apic_lvt_exists(u32 reg, u32 count);

#endif
