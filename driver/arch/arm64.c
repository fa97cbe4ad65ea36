// SPDX-License-Identifier: GPL-2.0-only
/* arm64: EL2 is entered through the kernel's hyp stub. */
#include <linux/arm-smccc.h>
#include <linux/miscdevice.h>
#include <asm/barrier.h>
#include <asm/cpufeature.h>
#include <asm/sysreg.h>
#include <asm/virt.h>
#include <jailhouse/cell-config.h>
#include "../arch.h"
#include "../device.h"
#include "arm-common.h"

const u8 arch_config_architecture = JAILHOUSE_ARM64;

int arch_init(void)
{
	return 0;
}

void arch_exit(void)
{
}

static bool has_el2(void)
{
	u64 features = read_sanitised_ftr_reg(SYS_ID_AA64PFR0_EL1);

	return cpuid_feature_extract_unsigned_field(features, ID_AA64PFR0_EL1_EL2_SHIFT);
}

/* HVC #0 is answered by the kernel's hyp stub, in EL2, and by nobody else. */
int arch_check_machine(struct reason *why)
{
	if (is_kernel_in_hyp_mode())
		return refuse(
			why, -ENODEV,
			"Linux runs at EL2 (VHE), where the hypervisor has to be: add \"id_aa64mmfr1.vh=0 kvm-arm.mode=none\" to the kernel command line");
	if (!has_el2())
		return refuse(why, -ENODEV, "this machine has no EL2, or keeps it from Linux");
	if (arm_smccc_1_1_get_conduit() == SMCCC_CONDUIT_HVC)
		return refuse(
			why, -ENODEV,
			"EL2 is taken: the firmware calls of this machine end in another hypervisor");
	if (misc_minor_in_use(KVM_MINOR))
		return refuse(
			why, -ENODEV,
			"EL2 is taken by KVM: add \"kvm-arm.mode=none\" to the kernel command line");
	return 0;
}

void drop_instruction_cache(void)
{
	asm volatile("ic iallu" : : : "memory");
	dsb(nsh);
	isb();
}

/*
 * The stub jumps to x1 at EL2, with the MMU off. The core returns as if from this HVC. It need not preserve x1 to x18, but
 * x18 may be the kernel's shadow call stack.
 */
long hvc_soft_restart(phys_addr_t entry, unsigned int cpu)
{
	register unsigned long result asm("x0") = HVC_SOFT_RESTART;
	register unsigned long arg1 asm("x1") = entry;
	register unsigned long arg2 asm("x2") = cpu;
	register unsigned long platform asm("x19");

	asm volatile("mov	%[platform], x18\n\t"
		     "hvc	#0\n\t"
		     "mov	x18, %[platform]"
		     : "+r"(result), "+r"(arg1), "+r"(arg2), [platform] "=&r"(platform)
		     :
		     : "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14",
		       "x15", "x16", "x17", "cc", "memory");
	return result;
}

unsigned long cache_line_size_min(void)
{
	u64 ctr = read_sanitised_ftr_reg(SYS_CTR_EL0);

	return 4UL << cpuid_feature_extract_unsigned_field(ctr, CTR_EL0_DminLine_SHIFT);
}

void clean_cache_line(unsigned long address)
{
	asm volatile("dc civac, %0" : : "r"(address) : "memory");
}
