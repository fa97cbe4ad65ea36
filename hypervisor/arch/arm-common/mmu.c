// SPDX-License-Identifier: GPL-2.0-only
/* Translation at EL2 and stage 2. */
#include <arch.h>
#include <arm.h>
#include <asm/boot_tables.h>
#include <asm/sysregs.h>
#include <paging.h>

/* As in the CPU's ID register: the smallest range of the CPUs seen so far, and of what the tables can say. */
static u32 phys_range = PHYS_RANGE_MAX;

void arm_limit_phys_bits(void)
{
	u32 own = read_phys_range();

	phys_range = MIN(phys_range, own);
}

u32 arm_phys_bits(void)
{
	static const u8 bits[] = { PHYS_RANGE_BITS };

	return bits[phys_range];
}

pte_t arch_hv_attributes(enum hv_mapping mapping)
{
	pte_t common = PTE_AF | PTE_SH_INNER | S1_AP_RES1;

	switch (mapping) {
	case HV_CODE:
		return common | S1_ATTR_NORMAL | S1_READ_ONLY;
	case HV_RODATA:
		return common | S1_ATTR_NORMAL | S1_READ_ONLY | PTE_XN;
	case HV_DATA:
		return common | S1_ATTR_NORMAL | PTE_XN;
	default:
		return common | S1_ATTR_DEVICE | PTE_XN;
	}
}

pte_t arch_cell_attributes(u64 flags)
{
	pte_t attributes = PTE_AF | PTE_SH_INNER;

	attributes |= flags & JAILHOUSE_MEM_IO ? S2_DEVICE_nGnRE : S2_NORMAL_WB;
	if (flags & JAILHOUSE_MEM_READ)
		attributes |= S2_READ;
	if (flags & JAILHOUSE_MEM_WRITE)
		attributes |= S2_WRITE;
	if (!(flags & JAILHOUSE_MEM_EXECUTE))
		attributes |= PTE_XN;
	if (flags & JAILHOUSE_MEM_NO_HUGEPAGES)
		attributes |= PTE_NO_HUGE;
	return attributes;
}

/*
 * Level 0 roots can begin at 44 bits; below, the root is of level 1, with up to 16 concatenated pages (DDI 0487, D8.2).
 */
void arch_cell_table_shape(u32 *top_level, u32 *root_pages)
{
	u32 bits = arm_phys_bits();

	*top_level = bits >= 44 ? 0 : 1;
	*root_pages = bits >= 44 || bits <= 39 ? 1 : 1 << (bits - 39);
}

u64 arm_vtcr(void)
{
	u32 bits = arm_phys_bits();

	return VTCR_RES1 | VTCR_T0SZ(bits) | VTCR_SL0(bits >= 44 ? 0 : 1) | WALKS_CACHED |
	       VTCR_PS(phys_range);
}

u64 arm_vttbr(const struct cell *cell)
{
	return hv_to_phys(cell->memory.root) | VTTBR_VMID(cell->memory.tag);
}

/** Stage 2 entries are tagged with the VMID in VTTBR_EL2: select it for the moment. */
static void flush_stage2(u64 vttbr)
{
	u64 current = read_sysreg(vttbr_el2);

	write_sysreg(vttbr, vttbr_el2);
	isb();
	tlbi(vmalls12e1is);
	dsb(ish);
	write_sysreg(current, vttbr_el2);
	isb();
}

void arch_tlb_flush(const struct page_table *pt)
{
	dsb(ishst);
	if (pt->tag) {
		flush_stage2(hv_to_phys(pt->root) | VTTBR_VMID(pt->tag));
		return;
	}
	tlbi(alle2is);
	dsb(ish);
	isb();
}

static pte_t *entry_code_mapping(void)
{
	return boot_entry_code(&this_cpu()->boot, hv_phys);
}

void arm_map_entry_code(void)
{
	pte_write(entry_code_mapping(), *entry_code_mapping() | PTE_VALID);
	dsb(nshst);
	isb();
}

void arch_use_final_tables(void)
{
	struct arch_boot_tables *boot = &this_cpu()->boot;
	typeof(replace_core_entry) *replace = (void *)(uintptr_t)hv_to_phys(&replace_core_entry);

	for (u32 n = 0; n < HV_L1_ENTRIES; n++)
		if (boot->l1[n] != hv_pt.root[n])
			replace(&boot->l1[n], hv_pt.root[n]);
	/* Around the entry code lie areas of other CPUs, which this one shall not see. */
	pte_write(entry_code_mapping(), *entry_code_mapping() & ~PTE_VALID);
	dsb(nshst);
	tlbi(alle2);
	dsb(nsh);
	isb();
	write_sysreg(read_sysreg(sctlr_el2) | SCTLR_CORE, sctlr_el2);
	isb();
}

void *arch_map_temporarily(u32 slot, u64 phys, pte_t attributes)
{
	u64 virt = TEMP_BASE + slot * PAGE_SIZE;
	pte_t *entry = &this_cpu()->boot.l3_local[TEMP_L3_INDEX + slot];
	pte_t value = pte_leaf(phys, attributes, PT_LAST_LEVEL);

	if (*entry != value) {
		pte_write(entry, 0);
		dsb(nshst);
		tlbi_va(vae2, virt);
		dsb(nsh);
		pte_write(entry, value);
		dsb(nshst);
		isb();
	}
	return (void *)(uintptr_t)virt;
}

void arch_flush_dcache(const void *start, u64 size)
{
	u64 line = 4ULL << FIELD(MASK64(19, 16), read_sysreg(ctr_el0));
	u64 end = (uintptr_t)start + size;

	for (u64 address = (uintptr_t)start & ~(line - 1); address < end; address += line)
		dc_va(civac, address);
	dsb(sy);
}

void arch_flush_memory(u64 phys, u64 size)
{
	for (u64 end = phys + size; phys < end; phys += PAGE_SIZE)
		arch_flush_dcache(map_temporarily(TEMP_SLOT_GUEST, phys, false), PAGE_SIZE);
}
