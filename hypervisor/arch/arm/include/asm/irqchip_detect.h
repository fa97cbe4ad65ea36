/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ASM_IRQCHIP_DETECT_H
#define ASM_IRQCHIP_DETECT_H

#include <asm/gicv3_regs.h>

/** Version of the GIC that Linux uses: 3 if its system registers are there and enabled, else 2. */
static inline u32 gic_detect_version(void)
{
	if (ID_FIELD(id_pfr1, PFR1_GIC) && (read_sysreg(ICC_SRE_EL2) & 1))
		return 3;
	return 2;
}

#endif
