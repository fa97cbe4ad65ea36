/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* CPU interface of GICv3 as AArch64 system registers, by number: older assemblers lack their names. */
#ifndef JAILHOUSE_ASM_GIC_V3_REGS_H
#define JAILHOUSE_ASM_GIC_V3_REGS_H

#include <asm/sysregs.h>

#define ICC_PMR_EL1     S3_0_C4_C6_0
#define ICC_SGI1R_EL1   S3_0_C12_C11_5
#define ICC_IAR1_EL1    S3_0_C12_C12_0
#define ICC_EOIR1_EL1   S3_0_C12_C12_1
#define ICC_CTLR_EL1    S3_0_C12_C12_4
#define ICC_SRE_EL1     S3_0_C12_C12_5
#define ICC_SRE_SRE     1
#define ICC_IGRPEN1_EL1 S3_0_C12_C12_7

/* One more level, so that the names above are replaced before they are made strings. */
#define gic_sysreg_read(name)         sysreg_read(name)
#define gic_sysreg_write(name, value) sysreg_write(name, value)

static inline void gicv3_cpu_interface_init(u32 priority_mask)
{
	gic_sysreg_write(ICC_SRE_EL1, gic_sysreg_read(ICC_SRE_EL1) | ICC_SRE_SRE);
	isb();
	gic_sysreg_write(ICC_CTLR_EL1, 0);
	gic_sysreg_write(ICC_PMR_EL1, priority_mask);
	gic_sysreg_write(ICC_IGRPEN1_EL1, 1);
	isb();
}

static inline unsigned int gicv3_read_iar(void)
{
	u64 iar = gic_sysreg_read(ICC_IAR1_EL1);

	asm volatile("dsb sy" : : : "memory");
	return iar;
}

static inline void gicv3_write_eoir(unsigned int iar)
{
	gic_sysreg_write(ICC_EOIR1_EL1, iar);
	isb();
}

static inline void gicv3_send_sgi(u64 value)
{
	gic_sysreg_write(ICC_SGI1R_EL1, value);
	isb();
}

#endif
