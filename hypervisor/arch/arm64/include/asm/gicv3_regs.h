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

#define VTR_PREBITS MASK64(28, 26)

/* ICH_LR<n>_EL2 is S3_4_C12_C(12 + n / 8)_(n % 8): the number is part of the instruction. */
#define FOR_EACH_LR(do)                                                                       \
	do                                                                                    \
	(0, C12, 0) do(1, C12, 1) do(2, C12, 2) do(3, C12, 3) do(4, C12, 4) do(5, C12, 5) do( \
		6, C12, 6) do(7, C12, 7) do(8, C13,                                           \
					    0) do(9, C13,                                     \
						  1) do(10, C13,                              \
							2) do(11, C13,                        \
							      3) do(12, C13,                  \
								    4) do(13, C13,            \
									  5) do(14, C13,      \
										6) do(15, C13, 7)

#define GET_LR(n, crm, op2) \
	case n:             \
		return read_sysreg(S3_4_C12_##crm##_##op2);
#define SET_LR(n, crm, op2)                                  \
	case n:                                              \
		write_sysreg(value, S3_4_C12_##crm##_##op2); \
		return;

/** List register n, which must exist. */
static inline u64 gicv3_get_lr(u32 n)
{
	switch (n) {
		FOR_EACH_LR(GET_LR)
	}
	return 0;
}

static inline void gicv3_set_lr(u32 n, u64 value)
{
	switch (n) {
		FOR_EACH_LR(SET_LR)
	}
}

/** Forget the priorities of what the guest was handling; how many registers there are follows from VTR.PREbits. */
static inline void gicv3_clear_active_priorities(void)
{
	u32 bits = FIELD(VTR_PREBITS, read_sysreg(ICH_VTR_EL2)) + 1;

	write_sysreg(0, ICH_AP0R0_EL2);
	write_sysreg(0, ICH_AP1R0_EL2);
	if (bits >= 6)
		write_sysreg(0, ICH_AP1R1_EL2);
	if (bits >= 7) {
		write_sysreg(0, ICH_AP1R2_EL2);
		write_sysreg(0, ICH_AP1R3_EL2);
	}
}

#endif
