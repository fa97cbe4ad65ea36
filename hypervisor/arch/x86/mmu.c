// SPDX-License-Identifier: GPL-2.0-only
/* The core's own address space, and nested paging. */
#include <arch.h>
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <iommu.h>
#include <paging.h>

#define CPUID_EXT_EDX_1G_PAGES BIT(26)

u32 x86_first_leaf_level = 2;

void x86_detect_page_sizes(void)
{
	if (cpuid(0x80000001, 0).edx & CPUID_EXT_EDX_1G_PAGES)
		x86_first_leaf_level = 1;
}

pte_t arch_hv_attributes(enum hv_mapping mapping)
{
	static const pte_t special[] = {
		[HV_RODATA] = PTE_NX,
		[HV_DATA] = PTE_NX | PTE_WRITE,
		[HV_DEVICE] = PTE_NX | PTE_WRITE | PTE_PCD | PTE_PWT,
	};

	return PTE_ACCESSED | PTE_DIRTY | special[mapping];
}

/** Memory types are the guest's and the MTRRs' business. A processor cannot write without reading; devices can. */
pte_t arch_cell_attributes(u64 flags)
{
	pte_t attributes = PTE_ACCESSED | PTE_DIRTY;

	if (flags & (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE))
		attributes |= PTE_USER;
	if (flags & JAILHOUSE_MEM_WRITE)
		attributes |= PTE_WRITE;
	if (!(flags & JAILHOUSE_MEM_EXECUTE))
		attributes |= PTE_NX;
	if (flags & JAILHOUSE_MEM_IO)
		attributes |= PTE_PCD;
	if (flags & JAILHOUSE_MEM_NO_HUGEPAGES)
		attributes |= PTE_NO_HUGE;
	if (flags & JAILHOUSE_MEM_DMA && flags & JAILHOUSE_MEM_READ)
		attributes |= PTE_DMA_R;
	if (flags & JAILHOUSE_MEM_DMA && flags & JAILHOUSE_MEM_WRITE)
		attributes |= PTE_DMA_W;
	return attributes;
}

void arch_cell_table_shape(u32 *top_level, u32 *root_pages)
{
	*top_level = 0;
	*root_pages = 1;
}

u64 x86_nested_root(const struct cell *cell)
{
	return hv_to_phys(cell->arch.root5 ? cell->arch.root5 : cell->memory.root);
}

u64 x86_local_phys(void)
{
	return pte_address(this_cpu()->boot.l3_local[0]);
}

static void flush_own(void)
{
	WRITE_CR(3, READ_CR(3));
}

/** Whoever runs on these tables forgets before it goes on; it is suspended, or the calling CPU. */
static void flush_cell(const struct page_table *pt)
{
	struct cell *cell;
	u32 cpu;

	for_each_cell (cell)
		if (cell->memory.tag == pt->tag) {
			for_each_cpu (cpu, cell->cpus)
				cpu_public(cpu)->arch.flush = true;
			iommu_flush_cell(cell);
		}
}

void arch_tlb_flush(const struct page_table *pt)
{
	if (pt->tag)
		flush_cell(pt);
	else
		flush_own();
}

void arch_use_final_tables(void)
{
	struct arch_boot_tables *boot = &this_cpu()->boot;

	boot->l1[HV_REMAP_OFFSET / SZ_1G] = hv_pt.root[HV_REMAP_OFFSET / SZ_1G];
	boot->l1[0] = hv_pt.root[0];
	flush_own();
}

void *arch_map_temporarily(u32 slot, u64 phys, pte_t attributes)
{
	u64 virt = TEMP_BASE + slot * PAGE_SIZE;
	pte_t *entry = &this_cpu()->boot.l3_local[TEMP_L3_INDEX + slot];
	pte_t value = pte_leaf(phys, attributes, PT_LAST_LEVEL);

	if (*entry != value) {
		pte_write(entry, value);
		asm volatile("invlpg (%0)" : : "r"(virt) : "memory");
	}
	return (void *)virt;
}

/* Caches are coherent with everything that can look at memory here. */
void arch_flush_dcache(const void *start, u64 size)
{
}

void arch_flush_memory(u64 phys, u64 size)
{
}
