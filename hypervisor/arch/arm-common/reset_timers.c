// SPDX-License-Identifier: GPL-2.0-only
/* Timers and performance counters of the guest, as after a reset. */
#include <arm.h>
#include <asm/sysregs.h>

/* PMCR: reset all event counters and the cycle counter */
#define PMCR_CLEAR   (BIT64(1) | BIT64(2))
#define PMU_NONE     0
#define PMU_NOT_ARMS 0xf

void arm_reset_timers(void)
{
	write_sysreg(0, cntkctl_el1);
	write_sysreg(0, cntp_ctl_el0);
	write_sysreg(0, cntv_ctl_el0);
	write_sysreg(0, cntp_cval_el0);
	write_sysreg(0, cntv_cval_el0);
	write_sysreg(0, cntvoff_el2);
}

void arm_reset_counters(void)
{
	u32 version = read_pmu_version();

	if (version == PMU_NONE || version == PMU_NOT_ARMS)
		return;
	write_sysreg(PMCR_CLEAR, pmcr_el0);
	write_sysreg(~0U, pmcntenclr_el0);
	write_sysreg(~0U, pmintenclr_el1);
	write_sysreg(~0U, pmovsclr_el0);
	write_sysreg(0, pmuserenr_el0);
}
