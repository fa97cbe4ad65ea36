// SPDX-License-Identifier: GPL-2.0-only
/* An exception for the guest that no hardware raised. */
#include <arch.h>
#include <arm.h>
#include <asm/sysregs.h>

#define HIGH_VECTORS      0xffff0000
#define VECTOR_DATA_ABORT 0x10
#define TTBCR_EAE         BIT64(31)
/* DFSR with long descriptors (EAE), and without: a synchronous external abort (DDI 0406C, B3.13.4) */
#define DFSR_LPAE         (BIT64(9) | FSC_EXTERNAL_ABORT)
#define DFSR_SHORT        8
#define DFSR_WNR          BIT64(11)
#define SPSR_AI32         (BIT64(8) | BIT64(7))
#define SPSR_F32          BIT64(6)
#define SPSR_E32          BIT64(9)
#define DATA_ABORT_LR     8 /* from the instruction */

static u64 state_in_handler(u64 spsr, u64 sctlr)
{
	u64 state = (spsr & SPSR_F32) | SPSR_AI32 | MODE_ABT;

	if (sctlr & SCTLR_EL1_TE)
		state |= SPSR_T32;
	if (sctlr & SCTLR_EL1_EE)
		state |= SPSR_E32;
	return state;
}

bool arch_crash_guest(void)
{
	u64 spsr = read_sysreg(spsr_el2), sctlr = read_sysreg(sctlr_el1);
	u64 status = read_sysreg(ttbcr) & TTBCR_EAE ? DFSR_LPAE : DFSR_SHORT;
	u64 vectors = sctlr & SCTLR_EL1_V ? HIGH_VECTORS : read_sysreg(vbar_el1);

	if (read_sysreg(esr_el2) & DABT_WNR)
		status |= DFSR_WNR;
	write_sysreg(status, dfsr);
	write_sysreg(read_sysreg(far_el2), dfar);
	write_sysreg(read_sysreg(elr_el2) + DATA_ABORT_LR, lr_abt);
	write_sysreg(spsr, spsr_abt);
	write_sysreg(vectors + VECTOR_DATA_ABORT, elr_el2);
	write_sysreg(state_in_handler(spsr, sctlr), spsr_el2);
	return true;
}
