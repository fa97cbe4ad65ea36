/* SPDX-License-Identifier: GPL-2.0-only */
/* The core's own address space. */
#ifndef PAGING_H
#define PAGING_H

#include <asm/layout.h>
#include <pagetable.h>

extern u64 hv_phys; /* physical address of the reserved memory, mapped at HV_BASE */
extern struct page_table
	hv_pt; /* level 1 downwards, common to all CPUs; addresses relative to HV_PT_BASE */

static inline u64 hv_to_phys(const void *virt)
{
	return (u64)(uintptr_t)virt - HV_BASE + hv_phys;
}

static inline void *phys_to_hv(u64 phys)
{
	return (void *)(uintptr_t)(phys - hv_phys + HV_BASE);
}

/** Build the final common tables: every part of the reserved memory with the rights it needs. First CPU only. */
int paging_init(void);

/** Map device registers for the core; NULL if the remap or page pool is empty. Setup only. */
void *map_device(u64 phys, u64 size);

/** Undo map_device(). */
void unmap_device(void *virt, u64 size);

/**
 * Map one page of any physical address for this CPU alone until the next call; slot 0 to TEMP_SLOTS - 1.
 * The rest of the address (offset in the page) is kept. device: use device attributes.
 */
void *map_temporarily(u32 slot, u64 phys, bool device);

#define TEMP_SLOT_MMIO  0
#define TEMP_SLOT_GUEST 1
#define TEMP_SLOTS      2

/**
 * Copy size bytes from the root cell's guest-physical memory; -EINVAL if part of it is not RAM
 * that the root cell owns. The source may change meanwhile: check the copy, never the source.
 */
int copy_from_root(void *dest, u64 guest_phys, u64 size);

#endif
