// SPDX-License-Identifier: GPL-2.0-only
/* Reading a guest's memory as its own page tables have it (AMD APM 2, 5.2 and 5.3). Guests may change these meanwhile. */
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <paging.h>
#include <string.h>
#include <vcpu.h>

/** A kind of guest page table. */
struct walk {
	u8 levels; /* 0: no paging */
	u8 index_bits;
	u8 entry_size;
	u8 largest; /* page: log2 of its size */
	u64 root;
};

static struct walk walk_of(const struct vcpu_mode *mode)
{
	if (!(mode->cr0 & CR0_PG))
		return (struct walk){ 0 };
	if (mode->efer & EFER_LMA)
		return (struct walk){ mode->cr4 & CR4_LA57 ? 5 : 4, 9, 8, 30,
				      mode->cr3 & PTE_ADDRESS };
	if (mode->cr4 & CR4_PAE)
		return (struct walk){ 3, 9, 8, 21, mode->cr3 & 0xffffffe0 };
	return (struct walk){ 2, 10, 4, mode->cr4 & CR4_PSE ? 22 : 12, mode->cr3 & 0xfffff000 };
}

/** RAM of the cell at a guest-physical address, for this CPU alone; NULL if it is none. */
static const void *guest_ram(u64 address)
{
	pte_t attributes;
	u64 phys = pt_lookup(&this_cell()->memory, address, &attributes);

	if (phys == INVALID_PHYS || !pte_is_readable_ram(attributes))
		return NULL;
	return map_temporarily(TEMP_SLOT_GUEST, phys, false);
}

static bool read_entry(u64 address, u32 size, u64 *entry)
{
	const void *at = guest_ram(address);

	if (!at)
		return false;
	*entry = size == 8 ? *(const volatile u64 *)at : *(const volatile u32 *)at;
	return *entry & PTE_PRESENT;
}

static u64 page_of(u64 entry, u64 linear, u32 shift, u32 entry_size)
{
	u64 offset = linear & ((1ULL << shift) - 1);
	u64 address = entry & (entry_size == 8 ? PTE_ADDRESS : 0xfffff000);

	/* 4 MiB pages: bits 39:32 of the address are in bits 20:13 */
	if (entry_size == 4 && shift == 22)
		address |= (entry & MASK64(20, 13)) << 19;
	return (address & ~((1ULL << shift) - 1)) | offset;
}

/** In the first of three levels, these bits are reserved (APM 2, 5.2.3). */
static bool has_rights(const struct walk *walk, u32 shift, u64 entry, u64 needed)
{
	return (walk->levels == 3 && shift == 30) || (entry & needed) == needed;
}

u64 x86_guest_translate(u64 linear, u64 needed)
{
	struct vcpu_mode mode = vcpu_mode();
	struct walk walk = walk_of(&mode);
	u64 table = walk.root, entry;
	u32 shift = 12 + walk.index_bits * walk.levels, index;

	if (!walk.levels)
		return linear;
	do {
		shift -= walk.index_bits;
		index = (linear >> shift) & ((1U << walk.index_bits) - 1);
		if (!read_entry(table + index * walk.entry_size, walk.entry_size, &entry) ||
		    !has_rights(&walk, shift, entry, needed))
			return INVALID_PHYS;
		table = entry & (walk.entry_size == 8 ? PTE_ADDRESS : 0xfffff000);
	} while (shift > 12 && !((entry & PTE_LARGE) && shift <= walk.largest));
	return page_of(entry, linear, shift, walk.entry_size);
}

u32 x86_read_guest(u64 linear, u8 *bytes, u32 size)
{
	u64 phys = x86_guest_translate(linear, 0);
	u32 part = MIN(size, PAGE_SIZE - (linear & ~PAGE_MASK));
	const void *at = phys == INVALID_PHYS ? NULL : guest_ram(phys);

	if (!at)
		return 0;
	memcpy(bytes, at, part);
	return part;
}
