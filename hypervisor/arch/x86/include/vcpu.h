/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The calling CPU as a guest sees it, and how it is run: what the vendors do differently. svm/ provides it.
 *
 * An exit is taken apart by the vendor's half, which then calls the handlers at the end. All of this is for the calling
 * CPU only, in the core.
 */
#ifndef VCPU_H
#define VCPU_H

#include <cpu.h>

/** Can this CPU run guests, and is that ability free? Refuses with a sentence. Nothing is changed. */
int vcpu_check(void);

/** Set up so that only vcpu_activate() is missing. Cannot fail after vcpu_check(). */
void vcpu_init(void);

/** The state in which Linux entered the core becomes the guest's, which goes on at before.resume. */
void vcpu_activate(void);

/** Undo vcpu_init(), and if activated let Linux's state be what the guest's is now; before is updated. */
void vcpu_release(void);

/** As after INIT, starting in real mode at base + ip with that code segment selector. The cell may be a new one. */
void vcpu_reset(u16 selector, u64 base, u16 ip);

/** Forget translations of the guest's memory before it goes on. */
void vcpu_flush(void);

/** Continue behind the instruction that trapped; length: its bytes, if the CPU does not tell. */
void vcpu_skip(u32 length);

/** Continue at another address of the same code segment. */
void vcpu_set_rip(u64 rip);

/** Let the guest take an exception (no error code, or 0) when it goes on. */
void vcpu_raise(u32 vector);
#define X86_DB 1
#define X86_UD 6
#define X86_GP 13
#define X86_PF 14
#define X86_AC 17
#define X86_MC 18

/** The same for a page fault. error: PF_*. */
void vcpu_raise_page_fault(u64 linear, u32 error);
#define PF_PRESENT BIT(0) /* there are tables, but not the right */
#define PF_WRITE   BIT(1)
#define PF_USER    BIT(2)

/** Deliver an NMI to the guest as soon as it takes one. */
void vcpu_raise_nmi(void);

/** Registers that decide how instructions are read, and where they lie. */
struct vcpu_mode {
	u64 rip, rflags, cr0, cr3, cr4, efer;
	u64 cs_base;
	u8 cpl;
	u8 code_bits; /* 16, 32, 64 */
};
struct vcpu_mode vcpu_mode(void);
u64 vcpu_segment_base(u32 segment); /* ES, CS, SS, DS, FS, GS: 0 to 5 */
/** Bytes of the instruction that trapped as the CPU saw them, if it tells; their number. */
u32 vcpu_instruction(const u8 **bytes);
u64 vcpu_efer(void);
void vcpu_set_efer(u64 efer);
/** Of a value that is valid. */
u64 vcpu_pat(void);
void vcpu_set_pat(u64 pat);
void vcpu_dump(void);

/** Make every MSR trap but what apic_msr_intercepted() lets pass. Setup, single CPU. */
void vcpu_init_msrs(void);
/** Which MSRs a guest gets at without an exit. Setup, single CPU. */
void vcpu_allow_msrs(bool root, u32 first, u32 last, bool write);
/** x2APIC registers pass (as apic_msr_intercepted() says) while this CPU's APIC is in that mode. */
void vcpu_select_msrs(void);

/* --- what exits lead to ------------------------------------------------------------------- */

struct vcpu_io {
	u16 port;
	u8 size; /* bytes */
	bool in, string;
};

void x86_handle_nmi(void);
void x86_handle_cpuid(struct guest_regs *regs);
void x86_handle_hypercall(struct guest_regs *regs);
void x86_handle_msr(struct guest_regs *regs, bool write);
void x86_handle_xsetbv(struct guest_regs *regs);
/** True if the guest may go on behind the instruction. */
bool x86_handle_io(struct guest_regs *regs, const struct vcpu_io *io);
/** Access to guest-physical memory that is not mapped like this. */
void x86_handle_memory(struct guest_regs *regs, u64 address, bool write, bool fetch);

#endif
