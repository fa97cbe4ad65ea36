// SPDX-License-Identifier: GPL-2.0-only
/* The state of the guest's modes as after a reset, so that no guest sees another one's. */
#include "banked.h"
#include <arm.h>

/* MVFR0: number of 64-bit vector registers, 1: 16, 2: 32 */
#define MVFR0_REGISTERS(mvfr0) (0xf & (mvfr0))

void clear_vfp_registers(u32 registers); /* in entry.S */

#define CLEAR(mode, n, name) write_banked(0, name);

static void reset_banked(void)
{
	FOR_EACH_BANKED(CLEAR)
	write_banked(0, spsr_fiq);
	write_banked(0, spsr_irq);
	write_banked(0, spsr_svc);
	write_banked(0, spsr_abt);
	write_banked(0, spsr_und);
}

static void reset_translation(void)
{
	write_sysreg(SCTLR_EL1_RESET32, sctlr_el1);
	write_sysreg(0, ttbcr);
	write_sysreg(0, ttbr0_el1);
	write_sysreg(0, ttbr1_el1);
	write_sysreg(0, dacr);
	write_sysreg(0, mair0);
	write_sysreg(0, mair1);
	write_sysreg(0, amair0);
	write_sysreg(0, amair1);
	write_sysreg(0, contextidr);
	write_sysreg(0, par_el1);
}

static void reset_exceptions(void)
{
	write_sysreg(0, vbar_el1);
	write_sysreg(0, dfsr);
	write_sysreg(0, ifsr);
	write_sysreg(0, adfsr);
	write_sysreg(0, aifsr);
	write_sysreg(0, dfar);
	write_sysreg(0, ifar);
	write_sysreg(0, tpidr_el0);
	write_sysreg(0, tpidrro_el0);
	write_sysreg(0, tpidr_el1);
	write_sysreg(0, csselr_el1);
}

static void reset_vectors(void)
{
	u64 cptr = read_sysreg(cptr_el2);
	u32 mvfr0;

	/* Linux may have left these to trap, here as well. */
	write_sysreg(cptr & ~(CPTR_TCP10 | CPTR_TCP11 | CPTR_TASE), cptr_el2);
	isb();
	asm volatile(".fpu vfpv3\n\tvmrs %0, mvfr0" : "=r"(mvfr0));
	clear_vfp_registers(MVFR0_REGISTERS(mvfr0) == 2 ? 32 : 16);
	write_sysreg(cptr, cptr_el2);
}

void arm_reset_guest(struct cpu_start start)
{
	bool t32 = start.entry & 1;

	reset_banked();
	reset_translation();
	reset_exceptions();
	arm_reset_timers();
	arm_reset_counters();
	reset_vectors();
	isb();
	*guest_regs() = (struct guest_regs){ .x = { start.context } };
	write_sysreg(start.entry & ~1ULL, elr_el2);
	write_sysreg(SPSR_SVC32 | SPSR_AIF32 | (t32 ? SPSR_T32 : 0), spsr_el2);
}
