/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Generic timer registers, 64 bits. */
#ifndef JAILHOUSE_ASM_TIMER_REGS_H
#define JAILHOUSE_ASM_TIMER_REGS_H

#include <jailhouse/types.h>
#include <asm/sysregs.h>

#define TIMER_CONTROL_ENABLE 1

static inline unsigned long timer_read_frequency(void)
{
	return sysreg_read(cntfrq_el0);
}

/* The barrier keeps the read from happening earlier than the code before it. */
static inline u64 timer_read_counter(void)
{
	isb();
	return sysreg_read(cntvct_el0);
}

static inline void timer_write_compare(u64 value)
{
	sysreg_write(cntv_cval_el0, value);
}

static inline void timer_write_control(u64 value)
{
	sysreg_write(cntv_ctl_el0, value);
	isb();
}

#endif
