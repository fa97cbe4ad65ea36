// SPDX-License-Identifier: GPL-2.0-only
/* CPUID: what the hardware says, but for what depends on who asks, and what a guest must not use. */
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <vcpu.h>

/* Leaf 1 */
#define ECX_X2APIC  BIT(21)
#define ECX_OSXSAVE BIT(27)
/* Leaf 7 */
#define ECX_OSPKE   BIT(4)
/* Monitoring and allocation of caches: the core's */
#define EBX_RDT     (BIT(12) | BIT(15))
/* Leaf 8000_0001 */
#define ECX_SVM     BIT(2)
#define ECX_SKINIT  BIT(12)

/* Leaf 8000_0008 */
#define EBX_INVLPGB BIT(3)

#define LEAF_SVM 0x8000000a
#define LEAF_QOS 0x80000020

static u32 with_bit(u32 value, u32 bit, bool set)
{
	return set ? value | bit : value & ~bit;
}

/** The instruction was executed with the core's control registers, not the guest's. */
static void adapt(u32 leaf, u32 subleaf, struct cpuid *id)
{
	u64 cr4 = vcpu_mode().cr4;

	if (leaf == 1) {
		id->ecx = with_bit(id->ecx, ECX_OSXSAVE, cr4 & CR4_OSXSAVE);
		id->ecx |= JAILHOUSE_CPUID_HYPERVISOR_BIT;
	} else if (leaf == 7 && subleaf == 0) {
		id->ecx = with_bit(id->ecx, ECX_OSPKE, cr4 & CR4_PKE);
	}
}

/**
 * What cells cannot have. The root cell sees it, as Linux would else forget for good that it is there; it is refused there
 * when it is used.
 */
static void adapt_to_cell(u32 leaf, struct cpuid *id)
{
	/* If the CPU does not speak x2APIC, the core translates. */
	if (leaf == 1)
		id->ecx |= ECX_X2APIC;
	else if (leaf == 7)
		id->ebx &= ~EBX_RDT;
	else if (leaf == 0x80000001)
		id->ecx &= ~(ECX_SVM | ECX_SKINIT);
	else if (leaf == 0x80000008)
		id->ebx &= ~EBX_INVLPGB;
	else if (leaf == LEAF_SVM || leaf == LEAF_QOS)
		*id = (struct cpuid){ 0 };
}

static struct cpuid look_up(u32 leaf, u32 subleaf)
{
	struct cpuid id;

	if (leaf == JAILHOUSE_CPUID_SIGNATURE)
		return (struct cpuid){ JAILHOUSE_CPUID_FEATURES, JAILHOUSE_CPUID_VENDOR_EBX,
				       JAILHOUSE_CPUID_VENDOR_ECX, JAILHOUSE_CPUID_VENDOR_EDX };
	if (leaf == JAILHOUSE_CPUID_FEATURES)
		return (struct cpuid){ 0 };
	id = cpuid(leaf, subleaf);
	adapt(leaf, subleaf, &id);
	if (this_cell() != &root_cell)
		adapt_to_cell(leaf, &id);
	return id;
}

void x86_handle_cpuid(struct guest_regs *regs)
{
	struct cpuid id = look_up(regs->gpr[REG_RAX], regs->gpr[REG_RCX]);

	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_CPUID);
	regs->gpr[REG_RAX] = id.eax;
	regs->gpr[REG_RBX] = id.ebx;
	regs->gpr[REG_RCX] = id.ecx;
	regs->gpr[REG_RDX] = id.edx;
	vcpu_skip(2);
}
