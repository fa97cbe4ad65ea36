// SPDX-License-Identifier: GPL-2.0-only
/*
 * First page tables of a CPU. Runs at physical addresses with the MMU off: no pointer that was
 * linked may be followed, and every access must be aligned (-mstrict-align).
 */
#include <asm/sysregs.h>
#include <cpu.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/image.h>

#define BOOT_ATTRIBUTES (PTE_AF | PTE_SH_INNER | S1_ATTR_NORMAL | S1_AP_RES1)
#define CACHE_LINE_MIN  16

static pte_t boot_l2[PT_ENTRIES] __attribute__((aligned(PAGE_SIZE)));

u64 boot_map(u64 hv_start, struct per_cpu *cpu);

/** Drop clean lines that the kernel's view may have left in the caches; what lies in memory was written uncached. */
static void discard_cached(const void *start, u64 size)
{
	for (u64 line = 0; line < size; line += CACHE_LINE_MIN)
		asm volatile("dc ivac, %0" : : "r"((u64)start + line) : "memory");
}

/** Size of the reserved memory, as the configuration behind the per-CPU areas says. */
static u64 reserved_size(u64 hv_start)
{
	const struct jailhouse_image_header *header = (void *)hv_start;
	u64 config = hv_start + header->core_size + (u64)header->max_cpus * header->percpu_size;

	return ((const struct jailhouse_system *)config)->hypervisor_memory.size;
}

/** Every CPU writes the same values here. */
static void map_reserved_memory(u64 hv_start)
{
	u64 blocks = reserved_size(hv_start) / SZ_2M;

	for (u32 n = 0; n < PT_ENTRIES && n < blocks; n++)
		boot_l2[n] = (hv_start + n * SZ_2M) | BOOT_ATTRIBUTES | PTE_BLOCK;
}

static void map_identity(struct arch_boot_tables *boot, u64 address)
{
	boot->l1_identity[(address >> 30) % PT_ENTRIES] = pte_table((u64)boot->l2_identity);
	boot->l2_identity[(address >> 21) % PT_ENTRIES] =
		(address & ~(SZ_2M - 1)) | BOOT_ATTRIBUTES | S1_READ_ONLY | PTE_BLOCK;
	boot->l0[address >> 39] = pte_table((u64)boot->l1_identity);
}

static void map_own_area(struct per_cpu *cpu)
{
	struct arch_boot_tables *boot = &cpu->boot;

	for (u32 n = 0; n < sizeof(*cpu) / PAGE_SIZE; n++)
		boot->l3_local[n] = pte_leaf((u64)cpu + n * PAGE_SIZE, BOOT_ATTRIBUTES | PTE_XN, 3);
	boot->l2_local[0] = pte_table((u64)boot->l3_local);
}

/**
 * Map the reserved memory to HV_BASE, this CPU's area to LOCAL_CPU_BASE, and the entry code to itself.
 * Returns the physical address of the root table, 0 if that cannot be.
 */
u64 boot_map(u64 hv_start, struct per_cpu *cpu)
{
	struct arch_boot_tables *boot = &cpu->boot;

	if (hv_start >> 39 >= HV_L0_INDEX || hv_start & (SZ_2M - 1))
		return 0;
	map_reserved_memory(hv_start);
	map_own_area(cpu);
	map_identity(boot, hv_start);
	boot->l1[0] = pte_table((u64)boot_l2);
	boot->l1[LOCAL_CPU_OFFSET / SZ_1G] = pte_table((u64)boot->l2_local);
	boot->l0[HV_L0_INDEX] = pte_table((u64)boot->l1);
	dsb(sy);
	discard_cached(boot_l2, sizeof(boot_l2));
	discard_cached(cpu, sizeof(*cpu));
	dsb(sy);
	return (u64)boot->l0;
}
