/* SPDX-License-Identifier: GPL-2.0-only */
/* GICv3 system registers (IHI 0069, 12.5, 12.7), by arm64's names. */
#ifndef ASM_GICV3_REGS_H
#define ASM_GICV3_REGS_H

#include <asm/sysregs.h>

#define SYSREG_ICC_PMR_EL1     CP32(0, c4, c6, 0)
#define SYSREG_ICC_DIR_EL1     CP32(0, c12, c11, 1)
#define SYSREG_ICC_SGI1R_EL1   CP64(0, c12)
#define SYSREG_ICC_IAR1_EL1    CP32(0, c12, c12, 0)
#define SYSREG_ICC_EOIR1_EL1   CP32(0, c12, c12, 1)
#define SYSREG_ICC_BPR1_EL1    CP32(0, c12, c12, 3)
#define SYSREG_ICC_CTLR_EL1    CP32(0, c12, c12, 4)
#define SYSREG_ICC_IGRPEN1_EL1 CP32(0, c12, c12, 7)
#define SYSREG_ICC_SRE_EL2     CP32(4, c12, c9, 5) /* ICC_HSRE */
#define SRE_EL2_ENABLE         BIT64(3)

#define SYSREG_ICH_AP0R0_EL2 CP32(4, c12, c8, 0)
#define SYSREG_ICH_AP1R0_EL2 CP32(4, c12, c9, 0)
#define SYSREG_ICH_AP1R1_EL2 CP32(4, c12, c9, 1)
#define SYSREG_ICH_AP1R2_EL2 CP32(4, c12, c9, 2)
#define SYSREG_ICH_AP1R3_EL2 CP32(4, c12, c9, 3)
#define SYSREG_ICH_HCR_EL2   CP32(4, c12, c11, 0)
#define SYSREG_ICH_VTR_EL2   CP32(4, c12, c11, 1)
#define SYSREG_ICH_ELRSR_EL2 CP32(4, c12, c11, 5)
#define SYSREG_ICH_VMCR_EL2  CP32(4, c12, c11, 7)

/* ICH_LR<n>, and ICH_LRC<n> for the upper halves: the number is part of the instruction. */
#define SYSREG_LR_LOW(op2)   CP32(4, c12, c12, op2)
#define SYSREG_LR_HIGH(op2)  CP32(4, c12, c13, op2)
#define SYSREG_LRC_LOW(op2)  CP32(4, c12, c14, op2)
#define SYSREG_LRC_HIGH(op2) CP32(4, c12, c15, op2)
#define READ_LR(half, op2)   (READ_AS(SYSREG_LR_##half(op2)) | READ_AS(SYSREG_LRC_##half(op2)) << 32)
#define WRITE_LR(value, half, op2)                               \
	do {                                                     \
		WRITE_AS(value, SYSREG_LR_##half(op2));          \
		WRITE_AS((value) >> 32, SYSREG_LRC_##half(op2)); \
	} while (0)

#endif
