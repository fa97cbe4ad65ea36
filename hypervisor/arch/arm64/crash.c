// SPDX-License-Identifier: GPL-2.0-only
/* An exception for the guest that no hardware raised. */
#include <arch.h>
#include <arm.h>
#include <asm/sysregs.h>

/* Vectors, relative to VBAR_EL1 (DDI 0487, D1.3.1.6) */
#define VECTOR_FROM_EL1t 0x000
#define VECTOR_FROM_EL1h 0x200
#define VECTOR_FROM_EL0  0x400

#define ESR_OF(class, iss) (FIELD_PREP(MASK64(31, 26), (u64)(class)) | ESR_IL | (iss))

bool arch_crash_guest(void)
{
	u64 spsr = read_sysreg(spsr_el2), vector = VECTOR_FROM_EL0;
	u32 class = EC_DABT_LOW;

	if (guest_is_aarch32(spsr))
		return false;
	if (SPSR_EL(spsr) == 1) {
		vector = spsr & SPSR_SPSEL ? VECTOR_FROM_EL1h : VECTOR_FROM_EL1t;
		class = EC_DABT_SAME;
	}
	write_sysreg(read_sysreg(elr_el2), elr_el1);
	write_sysreg(spsr, spsr_el1);
	write_sysreg(ESR_OF(class, FSC_EXTERNAL_ABORT), esr_el1);
	write_sysreg(read_sysreg(far_el2), far_el1);
	write_sysreg(read_sysreg(vbar_el1) + vector, elr_el2);
	write_sysreg(SPSR_EL1h | SPSR_DAIF, spsr_el2);
	return true;
}
