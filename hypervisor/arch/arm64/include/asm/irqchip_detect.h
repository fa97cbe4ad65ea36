/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ASM_IRQCHIP_DETECT_H
#define ASM_IRQCHIP_DETECT_H

#include <asm/sysregs.h>

#define PFR0_GIC 24

/** Version of the GIC that Linux uses: 3 if its system registers are there and enabled, else 2. */
static inline u32 gic_detect_version(void)
{
	if (ID_FIELD(id_aa64pfr0_el1, PFR0_GIC) &&
	    (read_sysreg(S3_4_C12_C9_5) & 1)) /* ICC_SRE_EL2.SRE */
		return 3;
	return 2;
}

#endif
