// SPDX-License-Identifier: GPL-2.0-only
/* vcpu.h on a guest that the test plays, and its memory. */
#include "../guest.h"
#include <asm/x86_regs.h>
#include <paging.h>
#include <panic.h>

#define RAM_PHYS 0x40000000ULL /* at fake_device */

struct fake_guest guest;
u32 x86_first_leaf_level = 2;

struct vcpu_mode vcpu_mode(void)
{
	return guest.mode;
}

u64 vcpu_segment_base(u32 segment)
{
	assert_true(segment < 6);
	return guest.segment_base[segment];
}

u32 vcpu_instruction(const u8 **bytes)
{
	*bytes = guest.bytes;
	return guest.num_bytes;
}

void vcpu_skip(u32 length)
{
	guest.skipped += length;
}

void vcpu_raise(u32 vector)
{
	guest.raised = vector;
}

void vcpu_raise_page_fault(u64 linear, u32 error)
{
	guest.raised = X86_PF;
	guest.fault_address = linear;
	guest.fault_error = error;
}

u64 vcpu_efer(void)
{
	return guest.mode.efer;
}

void vcpu_set_efer(u64 efer)
{
	guest.mode.efer = efer;
}

u64 vcpu_pat(void)
{
	return guest.pat;
}

void vcpu_set_pat(u64 pat)
{
	guest.pat = pat;
}

void guest_violation(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(guest.violation, sizeof(guest.violation), fmt, args);
	va_end(args);
	guest.violations++;
}

static void map(struct cell *cell, u64 virt, pte_t attributes)
{
	assert_int_equal(pt_map(&cell->memory, virt, RAM_PHYS, FAKE_DEVICE_SIZE, attributes), 0);
}

struct cell *set_up_guest(void)
{
	struct cell_parts root = { .name = "root", .cpus = 0xe },
			  parts = { .name = "cell", .id = 1, .cpus = 1 };
	struct cell *cell;

	reset_pool(POOL_PAGES);
	set_root_cell(&root);
	cell = add_cell(&parts);
	assert_int_equal(pt_init(&cell->memory, 0, 1, 1), 0);
	map(cell, GUEST_RAM, PTE_USER | PTE_WRITE);
	map(cell, GUEST_ROM, PTE_USER);
	map(cell, GUEST_DEVICE, PTE_USER | PTE_WRITE | PTE_PCD);
	memset(fake_device, 0, FAKE_DEVICE_SIZE);
	guest = (struct fake_guest){ .mode = { .code_bits = 16 } };
	be_cpu(0);
	memset(this_cpu(), 0, sizeof(struct per_cpu));
	this_public()->cell = cell;
	return cell;
}

void *ram_at(u64 address)
{
	assert_true(address >= GUEST_RAM && address < GUEST_RAM + FAKE_DEVICE_SIZE);
	return fake_device + (address - GUEST_RAM);
}

void put_entry64(u64 table, u32 index, u64 entry)
{
	memcpy(ram_at(table + index * 8), &entry, 8);
}

void put_entry32(u64 table, u32 index, u32 entry)
{
	memcpy(ram_at(table + index * 4), &entry, 4);
}

void enter_long_mode(void)
{
	u64 root = RAM_PAGE(RAM_PAGES - 2), table = RAM_PAGE(RAM_PAGES - 1);

	put_entry64(root, 0, table | 7);
	for (u64 n = 0; n < 4; n++)
		put_entry64(table, n, n << 30 | PTE_LARGE | 7);
	guest.mode.cr0 = CR0_PE | CR0_PG;
	guest.mode.cr4 = CR4_PAE;
	guest.mode.efer = EFER_LME | EFER_LMA;
	guest.mode.cr3 = root;
	guest.mode.code_bits = 64;
}
