// SPDX-License-Identifier: GPL-2.0-only
#include <arch.h>
#include <errno.h>
#include <page_pool.h>
#include <paging.h>
#include <setup.h>
#include <string.h>

#define REMAP_PAGES (SZ_64K * 1024 / PAGE_SIZE) /* 64 MiB of addresses for devices */

u64 hv_phys;
struct page_table hv_pt;

static u32 remap_bitmap[REMAP_PAGES / 32];

/* Bounds of the core's parts, from the linker script; all page-aligned. */
extern char __code_start[], __code_end[], __rodata_end[], __data_end[];

static int map_part(const void *start, const void *end, enum hv_mapping mapping)
{
	return pt_map(&hv_pt, (uintptr_t)start - HV_PT_BASE, hv_to_phys(start),
		      (uintptr_t)end - (uintptr_t)start, arch_hv_attributes(mapping));
}

/** Of the per-CPU areas, only the public parts: a CPU cannot see another's guest registers and stack. */
static int map_public_parts(void)
{
	int err = 0;

	for (u32 cpu = 0; !err && cpu < image_header.max_cpus; cpu++)
		err = map_part(cpu_public(cpu), cpu_public(cpu) + 1, HV_DATA);
	return err;
}

/** What follows the per-CPU areas: the system configuration, then the pool with its bitmap in front. */
static void init_mem_pool(void)
{
	u64 config = (u64)(uintptr_t)system_config;
	u64 start = page_up(config + jailhouse_system_config_size(system_config));
	u64 pages = (HV_BASE + system_config->hypervisor_memory.size - start) / PAGE_SIZE;
	u64 map_pages = PAGES((pages + 31) / 32 * 4);

	memset((void *)(uintptr_t)start, 0, map_pages * PAGE_SIZE);
	page_pool_init(&mem_pool, start + map_pages * PAGE_SIZE, pages - map_pages,
		       (u32 *)(uintptr_t)start);
}

/**
 * All CPUs share the table below the first entry of the device area. A page that stays mapped keeps it alive.
 */
static int anchor_device_area(void)
{
	u64 virt = page_pool_take(&remap_pool, 1, 1);

	return pt_map(&hv_pt, virt - HV_PT_BASE, hv_phys, PAGE_SIZE, arch_hv_attributes(HV_RODATA));
}

int paging_init(void)
{
	const void *end =
		(const void *)(uintptr_t)(HV_BASE + system_config->hypervisor_memory.size);

	init_mem_pool();
	page_pool_init(&remap_pool, HV_BASE + HV_REMAP_OFFSET, REMAP_PAGES, remap_bitmap);
	if (pt_init(&hv_pt, 1, 1, 0) || map_part(&image_header, __code_start, HV_RODATA) ||
	    map_part(__code_start, __code_end, HV_CODE) ||
	    map_part(__code_end, __rodata_end, HV_RODATA) ||
	    map_part(__rodata_end, __data_end, HV_DATA) || map_public_parts() ||
	    map_part(system_config, end, HV_DATA) || anchor_device_area())
		return -ENOMEM;
	return 0;
}

void *map_device(u64 phys, u64 size)
{
	u64 offset = phys & ~PAGE_MASK, virt;
	u32 pages = PAGES(offset + size);
	struct machine machine;

	arch_describe_machine(&machine);
	if (!range_within(phys, size, 0, 1ULL << machine.phys_bits))
		return NULL;
	virt = page_pool_take(&remap_pool, pages, 1);
	if (!virt)
		return NULL;
	if (pt_map(&hv_pt, virt - HV_PT_BASE, page_down(phys), pages * PAGE_SIZE,
		   arch_hv_attributes(HV_DEVICE))) {
		page_pool_give(&remap_pool, virt, pages);
		return NULL;
	}
	/* The walker need not see new entries before that. */
	arch_tlb_flush(&hv_pt);
	return (void *)(uintptr_t)(virt + offset);
}

void unmap_device(void *virt, u64 size)
{
	u64 start = page_down((uintptr_t)virt);
	u32 pages = PAGES((uintptr_t)virt + size - start);

	pt_unmap(&hv_pt, start - HV_PT_BASE, pages * PAGE_SIZE);
	arch_tlb_flush(&hv_pt);
	page_pool_give(&remap_pool, start, pages);
}

void *map_temporarily(u32 slot, u64 phys, bool device)
{
	void *page = arch_map_temporarily(slot, page_down(phys),
					  arch_hv_attributes(device ? HV_DEVICE : HV_DATA));

	return page + (phys & ~PAGE_MASK);
}

int copy_from_root(void *dest, u64 guest_phys, u64 size)
{
	pte_t attributes;
	u64 phys, part;

	for (; size; size -= part, guest_phys += part, dest += part) {
		part = MIN(size, PAGE_SIZE - (guest_phys & ~PAGE_MASK));
		phys = pt_lookup(&root_cell.memory, guest_phys, &attributes);
		if (phys == INVALID_PHYS || !pte_is_readable_ram(attributes))
			return -EINVAL;
		memcpy(dest, map_temporarily(TEMP_SLOT_GUEST, phys, false), part);
	}
	return 0;
}
