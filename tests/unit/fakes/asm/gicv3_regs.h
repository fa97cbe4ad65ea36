/* SPDX-License-Identifier: GPL-2.0-only */
/* Instead of the architecture's: system registers are the test's. */
#ifndef ASM_GICV3_REGS_H
#define ASM_GICV3_REGS_H

#include <jailhouse/types.h>

enum fake_sysreg {
	ICC_PMR_EL1,
	ICC_DIR_EL1,
	ICC_SGI1R_EL1,
	ICC_IAR1_EL1,
	ICC_EOIR1_EL1,
	ICC_BPR1_EL1,
	ICC_CTLR_EL1,
	ICC_IGRPEN1_EL1,
	ICC_SRE_EL2,
	ICH_AP0R0_EL2,
	ICH_AP1R0_EL2,
	ICH_AP1R1_EL2,
	ICH_AP1R2_EL2,
	ICH_AP1R3_EL2,
	ICH_HCR_EL2,
	ICH_VTR_EL2,
	ICH_ELRSR_EL2,
	ICH_VMCR_EL2,
	ICH_LR0_EL2,
	FAKE_SYSREGS = ICH_LR0_EL2 + 16
};

#define SRE_EL2_ENABLE BIT64(3)

u64 fake_read_sysreg(enum fake_sysreg reg);
void fake_write_sysreg(enum fake_sysreg reg, u64 value);
/** Context synchronization: what was written before has its effects on other registers. */
void fake_isb(void);

#define read_sysreg(reg)           fake_read_sysreg(reg)
#define write_sysreg(value, reg)   fake_write_sysreg(reg, value)
#define isb()                      fake_isb()
#define dsb(domain)                ((void)0)
#define LOW                        0
#define HIGH                       8
#define READ_LR(half, op2)         fake_read_sysreg(ICH_LR0_EL2 + (half) + (op2))
#define WRITE_LR(value, half, op2) fake_write_sysreg(ICH_LR0_EL2 + (half) + (op2), value)

#endif
