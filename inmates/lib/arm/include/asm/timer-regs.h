/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Generic timer registers, 32 bits. */
#ifndef JAILHOUSE_ASM_TIMER_REGS_H
#define JAILHOUSE_ASM_TIMER_REGS_H

#include <jailhouse/types.h>
#include <asm/sysregs.h>

#define TIMER_CONTROL_ENABLE 1

static inline unsigned long timer_read_frequency(void)
{
	return sysreg_read(SYSREG_CNTFRQ);
}

/* The barrier keeps the read from happening earlier than the code before it. */
static inline u64 timer_read_counter(void)
{
	isb();
	return sysreg64_read(SYSREG64_CNTVCT);
}

static inline void timer_write_compare(u64 value)
{
	sysreg64_write(SYSREG64_CNTV_CVAL, value);
}

static inline void timer_write_control(u64 value)
{
	sysreg_write(SYSREG_CNTV_CTL, value);
	isb();
}

#endif
