/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ASM_PERCPU_H
#define ASM_PERCPU_H

#include <asm/layout.h>
#include <asm/pte.h>
#include <decode.h>
#include <vcpu_state.h>

/** The guest's general purpose registers, in the order of their numbers, at the top of the CPU's stack. */
struct guest_regs {
	u64 gpr[16];
};

/** Page tables of one CPU: its root, and those of its own area. */
struct arch_boot_tables {
	pte_t l5[512]; /* [511]: l0; the root where Linux uses five levels */
	pte_t l0[512];
	pte_t l1[512]; /* HV_BASE: [0] reserved memory, [1] devices, [2] own area */
	pte_t l2_local[512];
	pte_t l3_local[512];
};

struct arch_cpu_public {
	u32 apic_id;
	u32 ldr; /* as its local APIC stands, in the flat model if it is in xAPIC mode */
	bool x2apic; /* likewise: its mode */
	bool nmi_pending; /* an NMI of the guest's own is to be injected; set by others */
	bool event_pending; /* an NMI of the core's own is on its way */
	bool flush; /* forget translations of the guest's memory before it goes on; set by others */
};

/** How the CPU was found, to be left so. */
struct linux_state {
	u64 cr0, cr3, cr4, efer, pat, rsp;
	u64 resume; /* where Linux goes on */
	struct descriptor_table {
		u16 limit;
		u64 base;
	} __attribute__((packed)) gdt, idt;
	u16 ds, es, ss, tr;
};

struct arch_cpu_private {
	struct vcpu vcpu; /* page-aligned */
	struct linux_state before;
	u64 icr; /* interrupt command as the guest wrote it last; in xAPIC mode ICR_HIGH is bits 63:32 */
	bool linux_x2apic; /* in that mode Linux had the local APIC */
	u64 mtrr_deftype; /* what the guest believes to have written */
	bool event_taken; /* an NMI that the core took was its own */
	bool activated; /* Linux runs as a guest */
};

#endif
