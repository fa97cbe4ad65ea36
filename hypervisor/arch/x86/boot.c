// SPDX-License-Identifier: GPL-2.0-only
/* A CPU's first steps, on the driver's tables, which map all of the reserved memory to HV_BASE. */
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <asm/jailhouse_entry.h>
#include <paging.h>
#include <setup.h>

/* Filled by the driver: how the core is mapped while a CPU enters and leaves. */
u8 x86_boot_tables[X86_BOOT_TABLES * PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));

bool x86_has_five_levels(void)
{
	return READ_CR(4) & CR4_LA57;
}

static pte_t table_at(const void *table)
{
	return hv_to_phys(table) | PTE_PRESENT | PTE_WRITE | PTE_ACCESSED;
}

static u64 phys_of_driver_table(u64 entry)
{
	return entry & PTE_ADDRESS;
}

/** The driver's tables of the reserved memory: what its root has for HV_BASE. */
static pte_t driver_l2(void)
{
	const pte_t *l1 = (const pte_t *)&x86_boot_tables[X86_BOOT_L1 * PAGE_SIZE];

	return phys_of_driver_table(l1[0]) | PTE_PRESENT | PTE_WRITE | PTE_ACCESSED;
}

/**
 * Map the reserved memory to HV_BASE, this CPU's area to LOCAL_CPU_BASE. cpu: the area by its common address.
 * Returns what CR3 shall be.
 */
u64 x86_boot_map(struct per_cpu *cpu)
{
	struct arch_boot_tables *boot = &cpu->boot;

	hv_phys = image_header.driver_data[X86_DATA_PHYS];
	for (u32 n = 0; n < sizeof(*cpu) / PAGE_SIZE; n++)
		boot->l3_local[n] = pte_leaf(hv_to_phys(cpu) + n * PAGE_SIZE,
					     PTE_WRITE | PTE_ACCESSED | PTE_DIRTY | PTE_NX, 3);
	boot->l2_local[0] = table_at(boot->l3_local);
	boot->l1[0] = driver_l2();
	boot->l1[LOCAL_CPU_OFFSET / SZ_1G] = table_at(boot->l2_local);
	boot->l0[HV_L0_INDEX] = table_at(boot->l1);
	boot->l5[HV_L0_INDEX] = table_at(boot->l0);
	return hv_to_phys(x86_has_five_levels() ? boot->l5 : boot->l0);
}

/** First thing on the CPU's own tables: how it was found, and the core's own registers from now on. */
void x86_entered(void)
{
	struct linux_state *before = &this_cpu()->arch.before;

	before->cr0 = READ_CR(0);
	before->pat = read_msr(MSR_PAT);
	asm volatile("sgdt %0\n\tsidt %1" : "=m"(before->gdt), "=m"(before->idt));
	asm volatile("mov %%ds, %0\n\tmov %%es, %1\n\tmov %%ss, %2"
		     : "=rm"(before->ds), "=rm"(before->es), "=rm"(before->ss));
	x86_load_tables();
	WRITE_CR(0, CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_PE);
	/* XSETBV and XRSTOR are for the core to use, whether Linux does or not. */
	if (cpuid(1, 0).ecx & CPUID_ECX_XSAVE)
		WRITE_CR(4, READ_CR(4) | CR4_OSXSAVE);
}
