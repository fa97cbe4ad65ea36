// SPDX-License-Identifier: GPL-2.0-only
/*
 * First page tables of a CPU. Runs at physical addresses with the MMU off: no pointer that was
 * linked may be followed, and every access must be aligned (BOOT_CFLAGS in the makefile).
 */
#include <asm/boot_tables.h>
#include <asm/sysregs.h>
#include <cpu.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/image.h>

#define CACHE_LINE_MIN 16

static pte_t boot_l2[PT_ENTRIES] __attribute__((aligned(PAGE_SIZE)));

u64 boot_map(u64 hv_start, struct per_cpu *cpu);

/** Drop clean lines that the kernel's view may have left in the caches; what lies in memory was written uncached. */
static void discard_cached(const void *start, u64 size)
{
	for (u64 line = 0; line < size; line += CACHE_LINE_MIN)
		dc_va(ivac, (uintptr_t)start + line);
}

/** Size of the reserved memory, as the configuration behind the per-CPU areas says. */
static u64 reserved_size(u64 hv_start)
{
	const struct jailhouse_image_header *header = (void *)(uintptr_t)hv_start;
	u64 config = hv_start + header->core_size + (u64)header->max_cpus * header->percpu_size;

	return ((const struct jailhouse_system *)(uintptr_t)config)->hypervisor_memory.size;
}

/** Every CPU writes the same values here. */
static void map_reserved_memory(pte_t *l2, u64 hv_start)
{
	u64 blocks = reserved_size(hv_start) / SZ_2M;

	for (u32 n = 0; n < HV_L2_ENTRIES && n < blocks; n++)
		l2[HV_L2_INDEX + n] = (hv_start + n * SZ_2M) | BOOT_ATTRIBUTES | PTE_BLOCK;
}

static void map_own_area(struct per_cpu *cpu)
{
	struct arch_boot_tables *boot = &cpu->boot;
	u64 phys = (uintptr_t)cpu;

	for (u32 n = 0; n < sizeof(*cpu) / PAGE_SIZE; n++)
		boot->l3_local[n] = pte_leaf(phys + n * PAGE_SIZE, BOOT_ATTRIBUTES | PTE_XN, 3);
	boot->l2_local[0] = pte_table((uintptr_t)boot->l3_local, 2);
}

/**
 * Map the reserved memory to HV_BASE, this CPU's area to LOCAL_CPU_BASE, and the entry code to itself.
 * Returns the physical address of the root table, 0 if that cannot be.
 */
u64 boot_map(u64 hv_start, struct per_cpu *cpu)
{
	pte_t *l2 = boot_address(boot_l2, hv_start);
	u64 root;

	if (!boot_can_enter(hv_start))
		return 0;
	map_reserved_memory(l2, hv_start);
	map_own_area(cpu);
	root = boot_link(&cpu->boot, hv_start, l2);
	dsb(sy);
	discard_cached(l2, sizeof(boot_l2));
	discard_cached(cpu, sizeof(*cpu));
	dsb(sy);
	return root;
}
