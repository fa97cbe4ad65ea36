/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* CPU interface of GICv3 as CP15 registers. Reference: Arm IHI 0069, "AArch32 System register descriptions". */
#ifndef JAILHOUSE_ASM_GIC_V3_REGS_H
#define JAILHOUSE_ASM_GIC_V3_REGS_H

#include <asm/sysregs.h>

#define ICC_PMR     0, c4, c6, 0
#define ICC_IAR1    0, c12, c12, 0
#define ICC_EOIR1   0, c12, c12, 1
#define ICC_CTLR    0, c12, c12, 4
#define ICC_SRE     0, c12, c12, 5
#define ICC_SRE_SRE 1
#define ICC_IGRPEN1 0, c12, c12, 7
#define ICC_SGI1R   0, c12 /* 64 bits */

static inline void gicv3_cpu_interface_init(u32 priority_mask)
{
	sysreg_write(ICC_SRE, sysreg_read(ICC_SRE) | ICC_SRE_SRE);
	isb();
	sysreg_write(ICC_CTLR, 0);
	sysreg_write(ICC_PMR, priority_mask);
	sysreg_write(ICC_IGRPEN1, 1);
	isb();
}

static inline unsigned int gicv3_read_iar(void)
{
	u32 iar = sysreg_read(ICC_IAR1);

	asm volatile("dsb sy" : : : "memory");
	return iar;
}

static inline void gicv3_write_eoir(unsigned int iar)
{
	sysreg_write(ICC_EOIR1, iar);
	isb();
}

static inline void gicv3_send_sgi(u64 value)
{
	sysreg64_write(ICC_SGI1R, value);
	isb();
}

#endif
