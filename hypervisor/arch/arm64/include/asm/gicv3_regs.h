/* SPDX-License-Identifier: GPL-2.0-only */
/* GICv3 system registers by encoding, as older assemblers do not know all names (IHI 0069, 12.2). */
#ifndef ASM_GICV3_REGS_H
#define ASM_GICV3_REGS_H

#include <asm/sysregs.h>

#undef read_sysreg
#undef write_sysreg
#define read_sysreg(name) read_sysreg_(name)
#define read_sysreg_(name)                                      \
	({                                                      \
		u64 value__;                                    \
		asm volatile("mrs %0, " #name : "=r"(value__)); \
		value__;                                        \
	})
#define write_sysreg(value, name) write_sysreg_(value, name)
#define write_sysreg_(value, name) \
	asm volatile("msr " #name ", %0" : : "r"((u64)(value)) : "memory")

#define ICC_PMR_EL1     S3_0_C4_C6_0
#define ICC_DIR_EL1     S3_0_C12_C11_1
#define ICC_SGI1R_EL1   S3_0_C12_C11_5
#define ICC_IAR1_EL1    S3_0_C12_C12_0
#define ICC_EOIR1_EL1   S3_0_C12_C12_1
#define ICC_BPR1_EL1    S3_0_C12_C12_3
#define ICC_CTLR_EL1    S3_0_C12_C12_4
#define ICC_IGRPEN1_EL1 S3_0_C12_C12_7
#define ICC_SRE_EL2     S3_4_C12_C9_5
#define SRE_EL2_ENABLE  BIT64(3)

#define ICH_AP0R0_EL2 S3_4_C12_C8_0
#define ICH_AP1R0_EL2 S3_4_C12_C9_0
#define ICH_AP1R1_EL2 S3_4_C12_C9_1
#define ICH_AP1R2_EL2 S3_4_C12_C9_2
#define ICH_AP1R3_EL2 S3_4_C12_C9_3
#define ICH_HCR_EL2   S3_4_C12_C11_0
#define ICH_VTR_EL2   S3_4_C12_C11_1
#define ICH_ELRSR_EL2 S3_4_C12_C11_5
#define ICH_VMCR_EL2  S3_4_C12_C11_7

/* ICH_LR<n>_EL2 is S3_4_C12_C(12 + n / 8)_(n % 8): the number is part of the instruction. */
#define LR_CRM_LOW                  C12
#define LR_CRM_HIGH                 C13
#define READ_LR(half, op2)          READ_LR_(LR_CRM_##half, op2)
#define READ_LR_(crm, op2)          READ_LR__(crm, op2)
#define READ_LR__(crm, op2)         read_sysreg(S3_4_C12_##crm##_##op2)
#define WRITE_LR(value, half, op2)  WRITE_LR_(value, LR_CRM_##half, op2)
#define WRITE_LR_(value, crm, op2)  WRITE_LR__(value, crm, op2)
#define WRITE_LR__(value, crm, op2) write_sysreg(value, S3_4_C12_##crm##_##op2)

#endif
