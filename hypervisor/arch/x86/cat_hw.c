// SPDX-License-Identifier: GPL-2.0-only
/* Intel SDM 3, 17.19.4 and 17.19.5; AMD has the same (APM 2, 19.4). */
#include <asm/x86_regs.h>
#include <bits.h>
#include <cat_hw.h>

#define CPUID_EXTENDED_FEATURES 7
#define FEATURES_EBX_RDT_A      BIT(15)

#define CPUID_RDT_A           0x10
#define RDT_A_EBX_L3          BIT(1)
#define RDT_A_L3              1 /* subleaf */
#define RDT_A_L3_EAX_WAYS(a)  (FIELD(MASK64(4, 0), a) + 1)
#define RDT_A_L3_ECX_SEPARATE BIT(2)
#define RDT_A_L3_EDX_MASKS(d) (FIELD(MASK64(15, 0), d) + 1)

#define MSR_L3_QOS_CFG      0xc81
#define L3_QOS_CFG_SEPARATE BIT64(0)
#define MSR_L3_MASK         0xc90
#define MSR_PQR_ASSOC       0xc8f
#define PQR_ASSOC_CLASS     MASK64(63, 32)

static bool mask_in_use(const struct cat_machine *machine)
{
	for (u32 n = 0; n < machine->masks; n++)
		if ((u32)read_msr(MSR_L3_MASK + n) != MASK64(machine->ways - 1, 0))
			return true;
	return false;
}

void cat_probe(struct cat_machine *machine)
{
	struct cpuid id;

	*machine = (struct cat_machine){ 0 };
	if (cpuid(0, 0).eax < CPUID_RDT_A ||
	    !(cpuid(CPUID_EXTENDED_FEATURES, 0).ebx & FEATURES_EBX_RDT_A) ||
	    !(cpuid(CPUID_RDT_A, 0).ebx & RDT_A_EBX_L3))
		return;
	id = cpuid(CPUID_RDT_A, RDT_A_L3);
	machine->ways = RDT_A_L3_EAX_WAYS(id.eax);
	machine->masks = RDT_A_L3_EDX_MASKS(id.edx);
	machine->separate = id.ecx & RDT_A_L3_ECX_SEPARATE;
	machine->in_use = mask_in_use(machine) || FIELD(PQR_ASSOC_CLASS, read_msr(MSR_PQR_ASSOC));
	if (machine->separate)
		machine->in_use |= read_msr(MSR_L3_QOS_CFG) & L3_QOS_CFG_SEPARATE;
}

void cat_set_separate(bool separate)
{
	u64 other = read_msr(MSR_L3_QOS_CFG) & ~L3_QOS_CFG_SEPARATE;

	write_msr(MSR_L3_QOS_CFG, other | (separate ? L3_QOS_CFG_SEPARATE : 0));
}

void cat_write_mask(u32 number, u32 mask)
{
	write_msr(MSR_L3_MASK + number, mask);
}

void cat_select(u32 cos)
{
	/* The rest is Linux's: an ID for monitoring. */
	u64 other = read_msr(MSR_PQR_ASSOC) & ~PQR_ASSOC_CLASS;

	write_msr(MSR_PQR_ASSOC, other | FIELD_PREP(PQR_ASSOC_CLASS, (u64)cos));
}
