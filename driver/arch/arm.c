// SPDX-License-Identifier: GPL-2.0-only
/* arm: Hyp mode is entered through the kernel's hyp stub. */
#include <linux/arm-smccc.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/module.h>
#include <asm/arch_timer.h>
#include <asm/barrier.h>
#include <asm/cputype.h>
#include <asm/opcodes-virt.h>
#include <jailhouse/cell-config.h>
#include "../arch.h"
#include "../core.h"
#include "arm-common.h"

/* What HVC #0 asks of the kernel's hyp stub; asm/virt.h has it for assembly only. */
#define HVC_SOFT_RESTART 1

/* ID_PFR1: the virtualization extensions are there */
#define PFR1_VIRTUALIZATION(pfr1) (((pfr1) >> 12) & 0xf)
/* CTR: log2 of the words of the smallest data cache line */
#define CTR_DMINLINE(ctr)         (((ctr) >> 16) & 0xf)

const u8 arch_config_architecture = JAILHOUSE_ARM;

/*
 * A CPU that Linux starts below the core begins in SVC mode. Linux then remembers that CPUs begin in different modes, and
 * from that time on gives no hyp stub to CPUs that start, not even those that the firmware starts in Hyp mode.
 */
static bool started_in_svc; /* any CPU, ever */
static struct cpumask without_stub;
static int hotplug_state;

/* CPU hotplug stands still while the core is entered and left. */
static int cpu_starts(unsigned int cpu)
{
	if (core_active())
		started_in_svc = true;
	/* From now on the module stays: nobody else would know. */
	else if (started_in_svc && !cpumask_test_and_set_cpu(cpu, &without_stub))
		__module_get(THIS_MODULE);
	return 0;
}

int arch_init(void)
{
	hotplug_state = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "jailhouse:starting",
						  cpu_starts, NULL);
	return hotplug_state < 0 ? hotplug_state : 0;
}

void arch_exit(void)
{
	cpuhp_remove_state_nocalls(hotplug_state);
}

static u32 virtual_timer_control(void)
{
	u32 control;

	asm volatile("mrc p15, 0, %0, c14, c3, 1" : "=r"(control));
	return control;
}

/*
 * The kernel does not tell modules in which mode it was started. But it uses the virtual timer only if it was not Hyp
 * mode, and then HVC is an undefined instruction.
 */
static bool uses_virtual_timer(void)
{
	return virtual_timer_control() & ARCH_TIMER_CTRL_ENABLE;
}

/* HVC #0 is answered by the kernel's hyp stub, in Hyp mode, and by nobody else. */
int arch_check_machine(struct reason *why)
{
	if (!PFR1_VIRTUALIZATION(read_cpuid_ext(CPUID_EXT_PFR1)))
		return refuse(why, -ENODEV, "this CPU has no Hyp mode");
	if (arm_smccc_1_1_get_conduit() == SMCCC_CONDUIT_HVC)
		return refuse(
			why, -ENODEV,
			"Hyp mode is taken: the firmware calls of this machine end in another hypervisor");
	if (uses_virtual_timer())
		return refuse(
			why, -ENODEV,
			"Linux was not started in Hyp mode: let the boot loader start it there, as U-Boot does unless bootm_boot_mode is \"sec\"");
	if (!cpumask_empty(&without_stub))
		return refuse(
			why, -ENODEV,
			"CPU %u was switched on after cells had been used, and Linux left it without a way to Hyp mode: reboot",
			cpumask_first(&without_stub));
	return 0;
}

void drop_instruction_cache(void)
{
	asm volatile("mcr p15, 0, %0, c7, c5, 0\n\t" /* ICIALLU */
		     "mcr p15, 0, %0, c7, c5, 6" /* BPIALL */
		     :
		     : "r"(0)
		     : "memory");
	dsb(nsh);
	isb();
}

/* The stub jumps to r1 in Hyp mode, with the MMU off. The core returns as if from this HVC. */
long hvc_soft_restart(phys_addr_t entry, unsigned int cpu)
{
	register unsigned long result asm("r0") = HVC_SOFT_RESTART;
	register unsigned long arg1 asm("r1") = entry;
	register unsigned long arg2 asm("r2") = cpu;

	asm volatile(__HVC(0)
		     : "+r"(result), "+r"(arg1), "+r"(arg2)
		     :
		     : "r3", "r12", "cc", "memory");
	return result;
}

unsigned long cache_line_size_min(void)
{
	return 4UL << CTR_DMINLINE(read_cpuid_cachetype());
}

void clean_cache_line(unsigned long address)
{
	asm volatile("mcr p15, 0, %0, c7, c14, 1" : : "r"(address) : "memory"); /* DCCIMVAC */
}
