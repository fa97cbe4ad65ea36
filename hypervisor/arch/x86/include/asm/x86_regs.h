/* SPDX-License-Identifier: GPL-2.0-only */
/* Control registers and model-specific ones (AMD APM 2, 3.1, 3.2 and appendix A), and how to get at them. */
#ifndef ASM_X86_REGS_H
#define ASM_X86_REGS_H

#define CR0_PE BIT64(0)
#define CR0_ET BIT64(4)
#define CR0_NE BIT64(5)
#define CR0_WP BIT64(16)
#define CR0_NW BIT64(29)
#define CR0_CD BIT64(30)
#define CR0_PG BIT64(31)

#define CR4_PAE     BIT64(5)
#define CR4_PSE     BIT64(4)
#define CR4_LA57    BIT64(12)
#define CR4_OSXSAVE BIT64(18)
#define CR4_PKE     BIT64(22)

/* CPUID leaf 1 */
#define CPUID_ECX_XSAVE BIT(26)

#define RFLAGS_RES1 BIT64(1)

#define EFER_SCE    BIT64(0)
#define EFER_LME    BIT64(8)
#define EFER_LMA    BIT64(10)
#define EFER_NXE    BIT64(11)
#define EFER_SVME   BIT64(12)
#define EFER_FFXSR  BIT64(14)
#define EFER_TCE    BIT64(15)
#define EFER_AIBRSE BIT64(21)

#define DR6_RESET 0xffff0ff0
#define DR7_RESET 0x400
#define PAT_RESET 0x0007040600070406

#define MSR_TSC           0x10
#define MSR_APIC_BASE     0x1b
#define MSR_PATCH_LEVEL   0x8b
#define MSR_SPEC_CTRL     0x48
#define MSR_PRED_CMD      0x49
#define MSR_MTRR_CAP      0xfe
#define MSR_SYSENTER_CS   0x174
#define MSR_SYSENTER_EIP  0x176
#define MSR_MCG_CAP       0x179
#define MSR_MCG_CTL       0x17b
#define MSR_DEBUGCTL      0x1d9
#define MSR_LASTINT_TO    0x1de
#define MSR_MTRR_PHYS     0x200
#define MSR_MTRR_PHYS_END 0x20f
#define MSR_MTRR_FIX64K   0x250
#define MSR_MTRR_FIX16K_1 0x259
#define MSR_MTRR_FIX4K    0x268
#define MSR_MTRR_FIX4K_7  0x26f
#define MSR_PAT           0x277
#define MSR_MTRR_DEFTYPE  0x2ff
#define MSR_MC0_CTL       0x400
#define MSR_MC_END        0x47f
#define MSR_X2APIC        0x800
#define MSR_X2APIC_END    0x83f
#define MSR_XSS           0xda0
#define MSR_EFER          0xc0000080
#define MSR_STAR          0xc0000081
#define MSR_SFMASK        0xc0000084
#define MSR_FS_BASE       0xc0000100
#define MSR_KERNEL_GS     0xc0000102
#define MSR_TSC_AUX       0xc0000103
#define MSR_TSC_RATIO     0xc0000104
#define MSR_SMCA          0xc0002000
#define MSR_SMCA_END      0xc0002fff
#define MSR_PERF_CTL0     0xc0010000
#define MSR_PERF_CTR3     0xc0010007
#define MSR_SYSCFG        0xc0010010
#define MSR_HWCR          0xc0010015
#define MSR_IORR          0xc0010016
#define MSR_TOP_MEM       0xc001001a
#define MSR_TOP_MEM2      0xc001001d
#define MSR_PSTATE        0xc0010061
#define MSR_PSTATE_END    0xc001006b
#define MSR_VM_CR         0xc0010114
#define MSR_VM_HSAVE_PA   0xc0010117
#define MSR_VIRT_SPEC     0xc001011f
#define MSR_PERF_EXT      0xc0010200
#define MSR_PERF_EXT_END  0xc001020b

#ifndef __ASSEMBLER__

#include <bits.h>

#define READ_CR(n)                                                 \
	({                                                         \
		u64 value_;                                        \
		asm volatile("mov %%cr" #n ", %0" : "=r"(value_)); \
		value_;                                            \
	})
#define WRITE_CR(n, value) asm volatile("mov %0, %%cr" #n : : "r"((u64)(value)) : "memory")

static inline u64 read_msr(u32 msr)
{
	u32 low, high;

	asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr) : "memory");
	return low | (u64)high << 32;
}

static inline void write_msr(u32 msr, u64 value)
{
	asm volatile("wrmsr" : : "c"(msr), "a"((u32)value), "d"((u32)(value >> 32)) : "memory");
}

/** On behalf of a guest: false if the CPU does not have the register, or the register not that value. In msr_try.S. */
bool x86_try_read_msr(u32 msr, u64 *value);
bool x86_try_write_msr(u32 msr, u64 value);

struct cpuid {
	u32 eax, ebx, ecx, edx;
};

static inline struct cpuid cpuid(u32 leaf, u32 subleaf)
{
	struct cpuid id;

	asm volatile("cpuid"
		     : "=a"(id.eax), "=b"(id.ebx), "=c"(id.ecx), "=d"(id.edx)
		     : "a"(leaf), "c"(subleaf));
	return id;
}

static inline u64 read_tsc(void)
{
	u32 low, high;

	asm volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return low | (u64)high << 32;
}

static inline void write_xcr0(u64 value)
{
	asm volatile("xsetbv" : : "c"(0), "a"((u32)value), "d"((u32)(value >> 32)) : "memory");
}

#endif

#endif
