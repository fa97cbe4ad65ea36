// SPDX-License-Identifier: GPL-2.0-only
/* The state of EL1 and EL0 as after a reset, so that no guest sees another one's. */
#include <arm.h>
#include <asm/sysregs.h>

void clear_sve_predicates(void); /* in entry.S */

/* By encoding: older assemblers do not know the names. */
#define SVCR                        S3_3_C4_C2_2
#define TPIDR2_EL0                  S3_3_C13_C0_5
#define TCR2_EL1                    S3_0_C2_C0_3
#define SCTLR2_EL1                  S3_0_C1_C0_3
#define APIAKEYLO                   S3_0_C2_C1_0
#define APIAKEYHI                   S3_0_C2_C1_1
#define APIBKEYLO                   S3_0_C2_C1_2
#define APIBKEYHI                   S3_0_C2_C1_3
#define APDAKEYLO                   S3_0_C2_C2_0
#define APDAKEYHI                   S3_0_C2_C2_1
#define APDBKEYLO                   S3_0_C2_C2_2
#define APDBKEYHI                   S3_0_C2_C2_3
#define APGAKEYLO                   S3_0_C2_C3_0
#define APGAKEYHI                   S3_0_C2_C3_1
#define MMFR3                       S3_0_C0_C7_3
#define ISAR2                       S3_0_C0_C6_2
#define PMSCR                       S3_0_C9_C9_0
#define PMBLIMITR                   S3_0_C9_C10_0
#define PMBIDR                      S3_0_C9_C10_7
#define TRBLIMITR                   S3_0_C9_C11_0
#define TRBIDR                      S3_0_C9_C11_7
/* MDSCR_EL1: EL0's accesses to the debug communications channel are EL1's to see */
#define MDSCR_TDCC                  BIT64(12)
/* PMBIDR, TRBIDR: the buffer belongs to a higher exception level */
#define BUFFER_FORBIDDEN            BIT64(4)
#define read_by_code(code)          read_by_code_(code)
#define read_by_code_(code)         read_sysreg(code)
#define write_by_code(value, code)  write_by_code_(value, code)
#define write_by_code_(value, code) write_sysreg(value, code)
#define field_by_code(code, shift)  field_by_code_(code, shift)
#define field_by_code_(code, shift) ID_FIELD(code, shift)

#define PFR0_SVE     32
#define PFR1_SME     24
#define MMFR3_TCRX   0
#define MMFR3_SCTLRX 4
/* ISAR1: APA, API, GPA, GPI */
#define ISAR1_PAUTH  (MASK64(11, 4) | MASK64(31, 24))
#define ISAR2_GPA3   8
#define ISAR2_APA3   12

static void reset_translation(void)
{
	write_sysreg(0, ttbr0_el1);
	write_sysreg(0, ttbr1_el1);
	write_sysreg(0, tcr_el1);
	write_sysreg(0, mair_el1);
	write_sysreg(0, amair_el1);
	write_sysreg(0, contextidr_el1);
	write_sysreg(0, par_el1);
	if (field_by_code(MMFR3, MMFR3_TCRX))
		write_by_code(0, TCR2_EL1);
	if (field_by_code(MMFR3, MMFR3_SCTLRX))
		write_by_code(0, SCTLR2_EL1);
}

static void reset_exceptions(void)
{
	write_sysreg(0, vbar_el1);
	write_sysreg(0, elr_el1);
	write_sysreg(0, spsr_el1);
	write_sysreg(0, esr_el1);
	write_sysreg(0, far_el1);
	write_sysreg(0, afsr0_el1);
	write_sysreg(0, afsr1_el1);
	write_sysreg(0, sp_el0);
	write_sysreg(0, sp_el1);
	write_sysreg(0, tpidr_el0);
	write_sysreg(0, tpidrro_el0);
	write_sysreg(0, tpidr_el1);
	write_sysreg(0, csselr_el1);
}

static void reset_aarch32(void)
{
	if (ID_FIELD(id_aa64pfr0_el1, PFR0_EL1) < PFR0_AARCH32)
		return;
	write_sysreg(0, dacr32_el2);
	write_sysreg(0, ifsr32_el2);
	write_sysreg(0, spsr_abt);
	write_sysreg(0, spsr_und);
	write_sysreg(0, spsr_irq);
	write_sysreg(0, spsr_fiq);
}

static void reset_pointer_keys(void)
{
	if (!(read_sysreg(id_aa64isar1_el1) & ISAR1_PAUTH) && !field_by_code(ISAR2, ISAR2_GPA3) &&
	    !field_by_code(ISAR2, ISAR2_APA3))
		return;
	write_by_code(0, APIAKEYLO);
	write_by_code(0, APIAKEYHI);
	write_by_code(0, APIBKEYLO);
	write_by_code(0, APIBKEYHI);
	write_by_code(0, APDAKEYLO);
	write_by_code(0, APDAKEYHI);
	write_by_code(0, APDBKEYLO);
	write_by_code(0, APDBKEYHI);
	write_by_code(0, APGAKEYLO);
	write_by_code(0, APGAKEYHI);
}

static void reset_vectors(void)
{
	u64 cptr = read_sysreg(cptr_el2);

	/* Linux may have left these to trap, here as well. */
	write_sysreg(cptr & ~(CPTR_TZ | CPTR_TFP | CPTR_TSM), cptr_el2);
	isb();
	if (ID_FIELD(id_aa64pfr1_el1, PFR1_SME)) {
		write_by_code(0, SVCR);
		write_by_code(0, TPIDR2_EL0);
	}
	clear_fp_registers();
	if (ID_FIELD(id_aa64pfr0_el1, PFR0_SVE))
		clear_sve_predicates();
	write_sysreg(0, cpacr_el1);
	write_sysreg(cptr, cptr_el2);
}

void arm_stop_recording(void)
{
	if (ID_FIELD(id_aa64dfr0_el1, DFR0_PMSVER) && !(read_by_code(PMBIDR) & BUFFER_FORBIDDEN)) {
		write_by_code(0, PMSCR);
		isb();
		asm volatile("hint #17" : : : "memory"); /* psb csync */
		dsb(nsh);
		write_by_code(0, PMBLIMITR);
	}
	if (ID_FIELD(id_aa64dfr0_el1, DFR0_TRBE) && !(read_by_code(TRBIDR) & BUFFER_FORBIDDEN)) {
		asm volatile("hint #18" : : : "memory"); /* tsb csync */
		dsb(nsh);
		write_by_code(0, TRBLIMITR);
	}
	isb();
}

static void reset_state(bool aarch32)
{
	write_sysreg(aarch32 ? SCTLR_EL1_RESET32 : SCTLR_EL1_RESET, sctlr_el1);
	reset_translation();
	reset_exceptions();
	reset_aarch32();
	arm_reset_timers();
	/* What programs do with the debug channel is for the guest's kernel to see, not an exit that ends the cell. */
	write_sysreg(MDSCR_TDCC, mdscr_el1);
	arm_reset_counters();
	reset_pointer_keys();
	reset_vectors();
	isb();
}

void arm_reset_guest(struct cpu_start start)
{
	bool aarch32 = this_cell()->config->flags & JAILHOUSE_CELL_AARCH32;

	reset_state(aarch32);
	*guest_regs() = (struct guest_regs){ .x = { start.context } };
	write_sysreg(start.entry & ~(u64)aarch32, elr_el2);
	if (aarch32)
		write_sysreg(SPSR_SVC32 | SPSR_AIF32 | (start.entry & 1 ? SPSR_T32 : 0), spsr_el2);
	else
		write_sysreg(SPSR_EL1h | SPSR_DAIF, spsr_el2);
}
