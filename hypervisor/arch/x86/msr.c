// SPDX-License-Identifier: GPL-2.0-only
/*
 * Model-specific registers: an allow-list. What it does not name takes a general protection fault, as on a CPU that lacks
 * it; so does a write of what may only be read, unless it changes nothing.
 */
#include <apic.h>
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <vcpu.h>

#define READ  BIT(0)
#define WRITE BIT(1)

struct msr_range {
	u32 first, last;
	u8 cells, root; /* READ, WRITE: by whom */
};

#define MSR_FLUSH_CMD    0x10b
#define MSR_MPERF        0xe7
#define MSR_APERF        0xe8
#define MSR_MCG_STATUS   0x17a
#define MSR_TSC_ADJUST   0x3b
#define MSR_TSC_DEADLINE 0x6e0
#define MSR_PQR_ASSOC    0xc8f
#define MSR_PERF_GLOBAL  0xc0000300
#define MSR_PERF_GLOBAL3 0xc0000303
#define MSR_APERF_RO     0xc00000e7
#define MSR_MPERF_RO     0xc00000e8
#define MSR_NB_CFG       0xc001001f
#define MSR_MMCONF       0xc0010058
#define MSR_CPPC         0xc00102b0
#define MSR_CPPC_END     0xc00102b4
#define MSR_AMD_CFG      0xc0011000
#define MSR_AMD_CFG_END  0xc001103f

static const struct msr_range ranges[] = {
	{ MSR_TSC, MSR_TSC, READ, READ },
	{ MSR_TSC_ADJUST, MSR_TSC_ADJUST, READ, READ },
	{ MSR_SPEC_CTRL, MSR_SPEC_CTRL, READ | WRITE, READ | WRITE },
	{ MSR_PRED_CMD, MSR_PRED_CMD, WRITE, WRITE },
	{ MSR_PATCH_LEVEL, MSR_PATCH_LEVEL, READ, READ },
	{ MSR_MPERF, MSR_APERF, READ, READ | WRITE },
	{ MSR_MTRR_CAP, MSR_MTRR_CAP, READ, READ },
	{ MSR_FLUSH_CMD, MSR_FLUSH_CMD, WRITE, WRITE },
	{ MSR_SYSENTER_CS, MSR_SYSENTER_EIP, READ | WRITE, READ | WRITE },
	{ MSR_MCG_CAP, MSR_MCG_CAP, 0, READ },
	{ MSR_MCG_STATUS, MSR_MCG_CTL, 0, READ | WRITE },
	{ MSR_DEBUGCTL, MSR_LASTINT_TO, 0, READ | WRITE },
	{ MSR_MTRR_PHYS, MSR_MTRR_PHYS_END, READ, READ },
	{ MSR_MTRR_FIX64K, MSR_MTRR_FIX64K, READ, READ },
	{ MSR_MTRR_FIX16K_1 - 1, MSR_MTRR_FIX16K_1, READ, READ },
	{ MSR_MTRR_FIX4K, MSR_MTRR_FIX4K_7, READ, READ },
	{ MSR_MTRR_DEFTYPE, MSR_MTRR_DEFTYPE, READ, 0 },
	{ MSR_MC0_CTL, MSR_MC_END, 0, READ | WRITE },
	{ MSR_TSC_DEADLINE, MSR_TSC_DEADLINE, READ | WRITE, READ | WRITE },
	{ MSR_XSS, MSR_XSS, READ | WRITE, READ | WRITE },
	{ MSR_STAR, MSR_SFMASK, READ | WRITE, READ | WRITE },
	{ MSR_APERF_RO, MSR_MPERF_RO, READ, READ },
	{ MSR_FS_BASE, MSR_KERNEL_GS, READ | WRITE, READ | WRITE },
	{ MSR_TSC_AUX, MSR_TSC_AUX, READ | WRITE, READ | WRITE },
	{ MSR_PERF_GLOBAL, MSR_PERF_GLOBAL3, 0, READ | WRITE },
	{ MSR_SMCA, MSR_SMCA_END, 0, READ | WRITE },
	{ MSR_PERF_CTL0, MSR_PERF_CTR3, 0, READ | WRITE },
	{ MSR_SYSCFG, MSR_SYSCFG, READ, READ },
	{ MSR_HWCR, MSR_HWCR, READ, READ },
	{ MSR_IORR, MSR_TOP_MEM2, 0, READ },
	{ MSR_NB_CFG, MSR_NB_CFG, 0, READ },
	{ MSR_MMCONF, MSR_MMCONF, 0, READ },
	{ MSR_PSTATE, MSR_PSTATE_END, 0, READ },
	{ MSR_VIRT_SPEC, MSR_VIRT_SPEC, READ | WRITE, READ | WRITE },
	{ MSR_PERF_EXT, MSR_PERF_EXT_END, 0, READ | WRITE },
	{ MSR_CPPC, MSR_CPPC_END, 0, READ | WRITE },
	{ MSR_AMD_CFG, MSR_AMD_CFG_END, 0, READ },
};

void x86_allow_msrs(void)
{
	for (u32 n = 0; n < ARRAY_SIZE(ranges); n++)
		for (u32 root = 0; root < 2; root++) {
			u8 rights = root ? ranges[n].root : ranges[n].cells;

			if (rights & READ)
				vcpu_allow_msrs(root, ranges[n].first, ranges[n].last, false);
			if (rights & WRITE)
				vcpu_allow_msrs(root, ranges[n].first, ranges[n].last, true);
		}
}

static u8 rights_to(u32 msr)
{
	for (u32 n = 0; n < ARRAY_SIZE(ranges); n++)
		if (msr >= ranges[n].first && msr <= ranges[n].last)
			return this_cell() == &root_cell ? ranges[n].root : ranges[n].cells;
	return 0;
}

#define LEAF_EXT      0x80000001
#define EDX_FFXSR     BIT(25)
#define ECX_TCE       BIT(17)
#define LEAF_EXT2     0x80000021
#define EAX_AUTO_IBRS BIT(8)

/** What a guest may set on this CPU: VMRUN refuses more (AMD APM 2, 3.1.7 and 15.5.1). */
static u64 efer_bits(void)
{
	struct cpuid id = cpuid(LEAF_EXT, 0);
	bool auto_ibrs =
		cpuid(0x80000000, 0).eax >= LEAF_EXT2 && (cpuid(LEAF_EXT2, 0).eax & EAX_AUTO_IBRS);

	return EFER_SCE | EFER_LME | EFER_LMA | EFER_NXE | (id.edx & EDX_FFXSR ? EFER_FFXSR : 0) |
	       (id.ecx & ECX_TCE ? EFER_TCE : 0) | (auto_ibrs ? EFER_AIBRSE : 0);
}

static bool write_efer(u64 value)
{
	u64 old = vcpu_efer();

	if (value & ~efer_bits())
		return false;
	if (((value ^ old) & EFER_LME) && (vcpu_mode().cr0 & CR0_PG))
		return false;
	vcpu_set_efer((value & ~EFER_LMA) | (old & EFER_LMA));
	return true;
}

/* Type, FE, E */
#define DEFTYPE_BITS (MASK64(11, 10) | MASK64(7, 0))

/** True: the guest goes on; false: it takes a fault. */
static bool read_trapped(u32 msr, u64 *value)
{
	switch (msr) {
	case MSR_EFER:
		*value = vcpu_efer();
		return true;
	case MSR_APIC_BASE:
		*value = apic_base_read();
		return true;
	case MSR_X2APIC ... MSR_X2APIC_END:
		return apic_msr_read(msr, value);
	case MSR_MTRR_DEFTYPE:
		*value = this_cpu()->arch.mtrr_deftype;
		return true;
	case MSR_PAT:
		*value = vcpu_pat();
		return true;
	case MSR_VM_CR:
		*value = 0;
		return this_cell() == &root_cell;
	case MSR_PQR_ASSOC:
		*value = 0;
		return this_cell() == &root_cell;
	default:
		/* The permission maps end below SMCA's registers (AMD APM 2, 15.11), which the root cell may have. */
		return (rights_to(msr) & READ) && x86_try_read_msr(msr, value);
	}
}

/** What Linux does to its CPUs as they come up, and what is not its business any more. */
static bool write_ignored(u32 msr, u64 value)
{
	switch (msr) {
	case MSR_MTRR_DEFTYPE:
		/* It switches the MTRRs off and on. They stay as the firmware has set them. */
		this_cpu()->arch.mtrr_deftype = value & DEFTYPE_BITS;
		return !(value & ~DEFTYPE_BITS);
	case MSR_NB_CFG:
		/* It wants extended configuration space by ports, which are the core's. */
		return true;
	case MSR_PQR_ASSOC:
		return value == 0;
	default:
		return false;
	}
}

/** Each byte is a memory type: 0, 1, 4 to 7 (AMD APM 2, 7.8.1). */
static bool write_pat(u64 value)
{
	for (u32 n = 0; n < 64; n += 8)
		if (((value >> n) & 0xff) > 7 || ((value >> n) & 6) == 2)
			return false;
	vcpu_set_pat(value);
	return true;
}

/** This CPU need not have the register: the intercept comes first (AMD APM 2, 15.11). */
static bool write_unchanged(u32 msr, u64 value)
{
	u64 current;

	return (rights_to(msr) & READ) && x86_try_read_msr(msr, &current) && current == value;
}

static bool write_trapped(u32 msr, u64 value)
{
	switch (msr) {
	case MSR_EFER:
		return write_efer(value);
	case MSR_APIC_BASE:
		return value == apic_base_read();
	case MSR_X2APIC ... MSR_X2APIC_END:
		return apic_msr_write(msr, value);
	case MSR_PAT:
		return write_pat(value);
	default:
		if (rights_to(msr) & WRITE)
			return x86_try_write_msr(msr, value);
		return (this_cell() == &root_cell && write_ignored(msr, value)) ||
		       write_unchanged(msr, value);
	}
}

void x86_handle_msr(struct guest_regs *regs, bool write)
{
	u32 msr = regs->gpr[REG_RCX];
	u64 value = (u32)regs->gpr[REG_RAX] | regs->gpr[REG_RDX] << 32;
	bool done;

	cpu_count_exit(msr == MSR_X2APIC + 0x30 ? JAILHOUSE_CPU_STAT_VMEXITS_MSR_X2APIC_ICR :
						  JAILHOUSE_CPU_STAT_VMEXITS_MSR_OTHER);
	done = write ? write_trapped(msr, value) : read_trapped(msr, &value);
	if (!done) {
		vcpu_raise(X86_GP);
		return;
	}
	if (!write) {
		regs->gpr[REG_RAX] = (u32)value;
		regs->gpr[REG_RDX] = value >> 32;
	}
	vcpu_skip(2);
}
