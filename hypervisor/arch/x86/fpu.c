// SPDX-License-Identifier: GPL-2.0-only
/* Floating point, vector and debug registers, which the core itself never uses: as after a reset, for the next owner. */
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <vcpu.h>
#include <xcr0.h>

#define CPUID_EAX_XSAVES    BIT(3)
/* Leaf 8000_0008: IBRS, STIBP, SSBD */
#define CPUID_EBX_SPEC_CTRL (BIT(14) | BIT(15) | BIT(24))

#define FCW_RESET   0x37f
#define MXCSR_RESET 0x1f80

/** An area for FXRSTOR and XRSTOR, which restore initial values where the header says that there is nothing. */
static const struct {
	u16 fcw;
	u8 reserved1[22];
	u32 mxcsr;
	u8 reserved2[484];
	u8 header[64];
} __attribute__((packed, aligned(64))) initial = { .fcw = FCW_RESET, .mxcsr = MXCSR_RESET };

static void reset_extended(void)
{
	struct cpuid supported = cpuid(0xd, 0);

	write_xcr0(supported.eax | (u64)supported.edx << 32);
	asm volatile("xrstor64 %0" : : "m"(initial), "a"(~0U), "d"(~0U) : "memory");
	write_xcr0(1);
	if (cpuid(0xd, 1).eax & CPUID_EAX_XSAVES)
		write_msr(MSR_XSS, 0);
}

static void reset_debug(void)
{
	asm volatile("mov %0, %%dr0\n\tmov %0, %%dr1\n\tmov %0, %%dr2\n\tmov %0, %%dr3"
		     :
		     : "r"(0UL));
	write_msr(MSR_DEBUGCTL, 0);
}

static void reset_speculation(void)
{
	if (cpuid(0x80000008, 0).ebx & CPUID_EBX_SPEC_CTRL)
		write_msr(MSR_SPEC_CTRL, 0);
}

void x86_reset_fpu(void)
{
	asm volatile("fxrstor64 %0" : : "m"(initial) : "memory");
	if (cpuid(1, 0).ecx & CPUID_ECX_XSAVE)
		reset_extended();
	reset_debug();
	reset_speculation();
}

void x86_handle_xsetbv(struct guest_regs *regs)
{
	struct cpuid supported = cpuid(0xd, 0);
	u64 value = (u32)regs->gpr[REG_RAX] | regs->gpr[REG_RDX] << 32;
	u64 all = supported.eax | (u64)supported.edx << 32;
	struct vcpu_mode mode = vcpu_mode();

	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_XSETBV);
	/* What would fault there must not fault here: the rules of SDM 1, 13.3. */
	if (mode.cpl || !(mode.cr4 & CR4_OSXSAVE) || (u32)regs->gpr[REG_RCX] ||
	    !x86_xcr0_valid(value, all)) {
		vcpu_raise(X86_GP);
		return;
	}
	write_xcr0(value);
	vcpu_skip(3);
}
